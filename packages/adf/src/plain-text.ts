import { type AdfNode, isNode, textAttr } from './document.ts'
import { isInline, ruleOf } from './model/nodes.ts'
import { parseNode } from './parse-node.ts'

/**
 * The words of a document without any markup: a line for each block, cells parted by a tab. Mentions give their text,
 * cards their address, media their description. Made for searching, comparing and measuring; not for showing to a model,
 * for which `adfToMarkdown` in the mode `plain` is better.
 */
export function plainText(document: unknown): string {
  if (document === null || document === undefined) return ''
  const lines: string[] = []
  collect(parseNode(document), lines)
  return lines.join('\n')
}

function collect(node: AdfNode, lines: string[]): void {
  if (isLine(node)) {
    lines.push(inlineText(node.content ?? []))
  } else if (node.type === 'tableRow') {
    const cells = (node.content ?? []).map((cell) => {
      const inner: string[] = []
      collect(cell, inner)
      return inner.join(' ')
    })
    lines.push(cells.join('\t'))
  } else {
    const own = nodeText(node)
    if (own !== '') lines.push(own)
    for (const child of node.content ?? []) if (isNode(child)) collect(child, lines)
  }
}

/** Whether the children of a node make up one line of text. */
function isLine(node: AdfNode): boolean {
  const children = ruleOf(node.type)?.children
  if (children) return children['text'] !== undefined
  return node.content?.some((child) => isNode(child) && isInline(child.type)) ?? false
}

/** The words of a run of inline nodes. */
export function inlineText(nodes: readonly AdfNode[]): string {
  let text = ''
  for (const node of nodes) {
    if (!isNode(node)) continue
    text += nodeText(node)
    if (node.content) text += inlineText(node.content)
  }
  return text
}

/** What a single node says by itself, without its children. */
export function nodeText(node: AdfNode): string {
  switch (node.type) {
    case 'text':
      return node.text ?? ''
    case 'hardBreak':
      return '\n'
    case 'mention':
      return textAttr(node, 'text') || `@${textAttr(node, 'id')}`
    case 'emoji':
      return textAttr(node, 'text') || textAttr(node, 'shortName')
    case 'date':
      return dayOf(textAttr(node, 'timestamp')) ?? textAttr(node, 'timestamp')
    case 'status':
    case 'placeholder':
      return textAttr(node, 'text')
    case 'inlineCard':
    case 'blockCard':
    case 'embedCard':
      return textAttr(node, 'url')
    case 'media':
    case 'mediaInline':
      return textAttr(node, 'alt') || textAttr(node, 'url')
    case 'expand':
    case 'nestedExpand':
      return textAttr(node, 'title')
    case 'extension':
    case 'inlineExtension':
    case 'bodiedExtension':
      return textAttr(node, 'text')
    default:
      return ''
  }
}

/** The UTC day of a time stamp in milliseconds, as `2026-01-31`; undefined outside the years 0 to 9999. */
export function dayOf(timestamp: string): string | undefined {
  if (!/^-?\d{1,15}$/.test(timestamp)) return undefined
  const time = Number(timestamp)
  if (time < -62_167_219_200_000 || time > 253_402_300_799_999) return undefined
  return new Date(time).toISOString().slice(0, 10)
}

/** The time stamp of a UTC day, as ADF writes it; undefined when there is no such day. */
export function timestampOf(day: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const time = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(time) || dayOf(String(time)) !== day ? undefined : String(time)
}
