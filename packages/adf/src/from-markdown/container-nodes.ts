import { type AdfNode, isRecord, textOf } from '../document.ts'
import { table } from '../table.ts'
import { typedAttrs } from './attributes.ts'
import { containers } from './containers.ts'
import { addNode, type Build, closeFrame, openFrame, type Step, top } from './frames.ts'
import { isAllowedHref } from './links.ts'

/** Attributes of panels go by shorter names in Markdown. */
const panelNames = table<string>({
  type: 'panelType',
  color: 'panelColor',
  icon: 'panelIcon',
  iconId: 'panelIconId',
  iconText: 'panelIconText',
})

const inExpand: ReadonlySet<string> = new Set(['expand', 'tableCell', 'tableHeader'])

/** Opens the frame of a container such as `:::panel{type=info}`. */
export function openContainer({ build, token }: Step): void {
  const { reading } = build
  const opening = token.meta?.['opening']
  const name = isRecord(opening) ? textOf(opening['name']) : ''
  const { type = 'fragment', attrs: implied = {} } = containers[name] ?? {}
  const given = isRecord(opening) && isRecord(opening['attrs']) ? opening['attrs'] : {}
  const title = isRecord(opening) ? textOf(opening['title']) : ''
  if (token.meta?.['closed'] === false) {
    reading.warn(
      type,
      `A container :::${name} was not closed: it ends with what is around it. Close it with :::.`,
    )
  }
  switch (type) {
    case 'panel': {
      const attrs = typedAttrs('panel', renamed({ ...implied, ...given }), reading)
      openFrame(build, 'panel', { panelType: 'info', ...attrs })
      if (title !== '') addNode(build, titleLine(title))
      return
    }
    case 'expand':
      openExpand(build, title === '' ? given : { title })
      return
    case 'bodiedExtension':
    case 'bodiedSyncBlock': {
      const admitted = reading.gate.admitFrame({ type, attrs: given })
      if (!admitted)
        reading.note(
          'refused',
          type,
          `A ${type} was left out and its content kept: its attributes are not let through.`,
        )
      openFrame(build, admitted ? type : 'fragment', given)
      return
    }
    default: {
      const attrs = typedAttrs(type, given, reading)
      openFrame(build, type, Object.keys(attrs).length > 0 ? attrs : undefined)
    }
  }
}

function openExpand(build: Build, given: Readonly<Record<string, unknown>>): void {
  const type = inExpand.has(top(build).type) ? 'nestedExpand' : 'expand'
  const attrs = typedAttrs(type, given, build.reading)
  openFrame(build, type, type === 'nestedExpand' || Object.keys(attrs).length > 0 ? attrs : undefined)
}

function renamed(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [panelNames[name] ?? name, value]))
}

function titleLine(title: string): AdfNode {
  return { type: 'paragraph', content: [{ type: 'text', text: title, marks: [{ type: 'strong' }] }] }
}

/** Closes a container; columns without a width share what there is. */
export function closeContainer({ build }: Step): void {
  const frame = top(build)
  if (frame.type === 'layoutSection') {
    const width = Math.round(10_000 / Math.max(1, frame.content.length)) / 100
    for (const [index, column] of frame.content.entries()) {
      if (column.type === 'layoutColumn' && column.attrs?.['width'] === undefined) {
        frame.content[index] = { ...column, attrs: { ...column.attrs, width } }
      }
    }
  }
  closeFrame(build)
}

/** Opens an expand for `<details>`. */
export function openDetails({ build, token }: Step): void {
  const title = textOf(token.meta?.['title'])
  openExpand(build, title === '' ? {} : { title })
}

/** Reads a leaf such as `::card{url="…"}`. */
export function readLeaf({ build, token }: Step): void {
  const { reading } = build
  const type = textOf(token.meta?.['type'])
  const given = isRecord(token.meta?.['attrs']) ? token.meta['attrs'] : {}
  const url = textOf(given['url'])
  if (!isAllowedHref(url)) {
    reading.note('refused', type, 'A card was left out: it needs a url that begins with https.')
    return
  }
  const layout = type === 'embedCard' ? { layout: 'center' } : {}
  addNode(build, { type, attrs: { ...layout, ...typedAttrs(type, given, reading) } })
}
