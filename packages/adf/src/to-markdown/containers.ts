import { type AdfNode, numberAttr, textAttr } from '../document.ts'
import { formatBraces } from '../notation.ts'
import { table } from '../table.ts'
import { addDecoration, decorationOf, escapeBlock } from './decorate.ts'
import { addLine, type Writer } from './writer.ts'

type WriteBlocks = (nodes: readonly AdfNode[], writer: Writer) => void

/** How a node is written as a container: its name, its attributes in braces, and what those say about the node. */
interface Form {
  readonly name: string
  readonly braces?: Readonly<Record<string, number | string | undefined>>
  /** Attributes as JSON, for nodes whose attributes are no plain words. */
  readonly json?: Readonly<Record<string, unknown>>
  readonly said?: Readonly<Record<string, unknown>>
}

/** The container form of each node that has one. */
const forms = table<(node: AdfNode) => Form>({
  panel: (node) => ({
    name: 'panel',
    braces: { type: textAttr(node, 'panelType') },
    said: { panelType: node.attrs?.['panelType'] },
  }),
  expand: titled,
  nestedExpand: (node) => ({ ...titled(node), said: titled(node).said ?? {} }),
  layoutSection: () => ({ name: 'layout' }),
  layoutColumn: (node) => numbered('column', node, ['width']),
  table: () => ({ name: 'table' }),
  tableRow: () => ({ name: 'tr' }),
  tableCell: (node) => numbered('td', node, ['colspan', 'rowspan']),
  tableHeader: (node) => numbered('th', node, ['colspan', 'rowspan']),
  bodiedExtension: whole,
  bodiedSyncBlock: whole,
})

/** The title of an expand as Markdown shows it: empty also for one that it cannot say, such as control characters. */
export function sayableTitle(node: AdfNode): string {
  const title = textAttr(node, 'title')
  return formatBraces({ title }) === undefined ? '' : title
}

function titled(node: AdfNode): Form {
  const title = sayableTitle(node)
  return { name: 'expand', ...(title !== '' && { braces: { title }, said: { title } }) }
}

function numbered(name: string, node: AdfNode, names: readonly string[]): Form {
  const said: Record<string, number> = {}
  for (const key of names) {
    const value = numberAttr(node, key)
    if (value !== undefined) said[key] = value
  }
  return Object.keys(said).length > 0 ? { name, braces: said, said } : { name }
}

function whole(node: AdfNode): Form {
  const attrs = node.attrs ?? {}
  return { name: node.type, json: attrs, said: attrs }
}

/** Writes a node as a container with its children in it, and says whether it has such a form. */
export function writeContainer(node: AdfNode, writer: Writer, writeBlocks: WriteBlocks): boolean {
  const form = forms[node.type]?.(node)
  if (!form) return false
  if ((node.content ?? []).length === 0 && node.type !== 'tableRow') {
    escapeBlock(node, writer)
    return true
  }
  const { name, braces = {}, json, said } = form
  const suffix = json ? ` ${JSON.stringify(json)}` : (formatBraces(braces) ?? '')
  addDecoration(writer, decorationOf(node, { ...(said && { attrs: said }) }))
  const outer = writer.colons
  addLine(writer, ':')
  const line = writer.lines.length - 1
  writer.colons = 2
  writer.blank = false
  writeBlocks(node.content ?? [], writer)
  writer.blank = false
  // Only now it is known how many colons those within took: this one takes one more.
  const colons = ':'.repeat(writer.colons + 1)
  writer.lines[line] = `${(writer.lines[line] ?? '').slice(0, -1)}${colons}${name}${suffix}`
  addLine(writer, colons)
  writer.colons = Math.max(outer, colons.length)
  return true
}

/** Writes a card as a leaf, and says whether the node is one that has such a form. */
export function writeLeafBlock(node: AdfNode, writer: Writer): boolean {
  if (node.type !== 'blockCard' && node.type !== 'embedCard') return false
  const url = textAttr(node, 'url')
  const braces = formatBraces({ url, ...(node.type === 'embedCard' && { layout: textAttr(node, 'layout') }) })
  if (braces === undefined || !/^https?:/i.test(url) || node.attrs?.['datasource'] !== undefined) return false
  const said = node.type === 'embedCard' ? { url, layout: node.attrs?.['layout'] } : { url }
  addDecoration(writer, decorationOf(node, { attrs: said }))
  addLine(writer, `::${node.type === 'embedCard' ? 'embed' : 'card'}${braces}`)
  return true
}
