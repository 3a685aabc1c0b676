import { type AdfNode, isNode, textOf } from '../document.ts'
import { canonicalJson } from '../equal.ts'
import { isInline, ruleOf } from '../model/nodes.ts'
import { table } from '../table.ts'
import { writeBlock } from '../to-markdown/blocks.ts'
import { sayableTitle } from '../to-markdown/containers.ts'
import { writeInlines } from '../to-markdown/inlines.ts'
import { createWriter, type Writer } from '../to-markdown/writer.ts'

/** Makes a text for each node that says what an editor of Markdown saw of it: equal texts, nothing was changed. */
export interface Keys {
  /** Empty for a node that an editor does not see, such as an empty paragraph. */
  of(node: AdfNode): string
}

/** Containers whose children are compared one by one; what of their attributes is seen. */
const seen = table<readonly string[]>({
  bulletList: [],
  orderedList: ['order'],
  listItem: [],
  taskList: [],
  taskItem: ['state'],
  decisionList: [],
  decisionItem: [],
  blockquote: [],
  panel: ['panelType'],
  expand: ['title'],
  nestedExpand: ['title'],
  layoutSection: [],
  layoutColumn: ['width'],
  table: [],
  tableRow: [],
  tableCell: ['colspan', 'rowspan'],
  tableHeader: ['colspan', 'rowspan'],
  paragraph: [],
  heading: ['level'],
  bodiedExtension: [],
  bodiedSyncBlock: [],
})

/** Containers of which all attributes are seen. */
const whole: ReadonlySet<string> = new Set(['bodiedExtension', 'bodiedSyncBlock'])

/** Makes keys that are remembered, since nodes are asked for theirs at every level above them. */
export function createKeys(): Keys {
  const known = new WeakMap<AdfNode, string>()
  const keys: Keys = {
    of(node) {
      const given = known.get(node)
      if (given !== undefined) return given
      const key = keyOf(node, keys)
      known.set(node, key)
      return key
    },
  }
  return keys
}

function keyOf(node: AdfNode, keys: Keys): string {
  const names = seen[node.type]
  if (!names) return otherKey(node)
  const type = node.type === 'nestedExpand' ? 'expand' : node.type
  const head = whole.has(node.type)
    ? canonicalJson(node.attrs)
    : names.map((name) => `${name}=${shown(node, name)}`).join(' ')
  const content = (node.content ?? []).filter(isNode)
  const isLine =
    ruleOf(node.type)?.children?.['text'] !== undefined && content.every((child) => isInline(child.type))
  if (isLine) {
    const text = writeInlines(content, editor(), { oneLine: node.type === 'heading' })
    return text === '' && node.type === 'paragraph' ? '' : `${type} ${head}\n${text}`
  }
  const inner = content.map((child) => keys.of(child)).filter((key) => key !== '')
  return `${type} ${head}(${inner.length})\n${inner.join('\n\u0001')}`
}

function shown(node: AdfNode, name: string): string {
  if (name === 'title') return sayableTitle(node)
  const value = node.attrs?.[name]
  if (name === 'colspan' || name === 'rowspan') return textOf(value) || '1'
  if (name === 'order') return String(typeof value === 'number' ? value : 1)
  return textOf(value)
}

function editor(): Writer {
  return createWriter({ mode: 'edit' })
}

/** Leaves and escapes: their Markdown, or all of them where that is longer than a line. */
function otherKey(node: AdfNode): string {
  if (isInline(node.type)) return writeInlines([node], editor())
  const writer = editor()
  writeBlock(node, writer)
  return writer.lines.join('\n')
}
