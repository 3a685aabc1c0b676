import type { AdfDocument, AdfNode } from '@telamon/adf'

import { asObject, asText } from '../http/value.ts'

const attribute = (node: AdfNode, name: string): string => {
  const value = asObject(node.attrs)?.[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const inner = (node: AdfNode): readonly AdfNode[] => node.content ?? []

/** What a mark puts around its text. */
const wraps: Readonly<Record<string, readonly [string, string]>> = {
  strong: ['*', '*'],
  em: ['_', '_'],
  strike: ['-', '-'],
  underline: ['+', '+'],
  code: ['{{', '}}'],
}

function text(node: AdfNode): string {
  let written = node.text ?? ''
  for (const mark of node.marks ?? []) {
    const [before, after] = wraps[mark.type] ?? ['', '']
    written = `${before}${written}${after}`
    const href = asText(asObject(mark.attrs)?.['href'])
    if (mark.type === 'link' && href !== undefined) {
      written = written === href ? `[${href}]` : `[${written}|${href}]`
    }
  }
  return written
}

/** Nodes that stand in a line. */
const inlines: Readonly<Record<string, (node: AdfNode) => string>> = {
  text,
  hardBreak: () => '\n',
  mention: (node) => `[~accountid:${attribute(node, 'id')}]`,
  emoji: (node) => attribute(node, 'text') || attribute(node, 'shortName'),
  inlineCard: (node) => `[${attribute(node, 'url')}]`,
  date: (node) => new Date(Number(attribute(node, 'timestamp'))).toISOString().slice(0, 10),
  status: (node) => attribute(node, 'text'),
}

const line = (node: AdfNode): string =>
  inner(node)
    .map((child) => inlines[child.type]?.(child) ?? line(child))
    .join('')

/** A list at some depth: `*` and `#`, repeated for every level. */
function list(node: AdfNode, marks: string): string {
  const mark = `${marks}${node.type === 'orderedList' ? '#' : '*'}`
  return inner(node)
    .flatMap((item) =>
      inner(item).map((child) => (isList(child) ? list(child, mark) : `${mark} ${block(child)}`)),
    )
    .join('\n')
}

const isList = ({ type }: AdfNode): boolean => type === 'bulletList' || type === 'orderedList'

const cellMark = ({ type }: AdfNode): string => (type === 'tableHeader' ? '||' : '|')

function row(node: AdfNode): string {
  const cells = inner(node)
  const last = cells.at(-1)
  return `${cells.map((cell) => `${cellMark(cell)}${blocks(inner(cell), ' ')}`).join('')}${last ? cellMark(last) : ''}`
}

/** Nodes that stand on lines of their own. What has no wiki form gives its words. */
const blockForms: Readonly<Record<string, (node: AdfNode) => string>> = {
  paragraph: line,
  heading: (node) => `h${attribute(node, 'level')}. ${line(node)}`,
  bulletList: (node) => list(node, ''),
  orderedList: (node) => list(node, ''),
  codeBlock: (node) => {
    const language = attribute(node, 'language')
    return `{code${language === '' ? '' : `:${language}`}}\n${line(node)}\n{code}`
  },
  blockquote: (node) => `{quote}\n${blocks(inner(node))}\n{quote}`,
  panel: (node) => `{panel}\n${blocks(inner(node))}\n{panel}`,
  rule: () => '----',
  table: (node) => inner(node).map(row).join('\n'),
}

const block = (node: AdfNode): string => (blockForms[node.type] ?? ((other) => blocks(inner(other))))(node)

const blocks = (nodes: readonly AdfNode[], between = '\n\n'): string => nodes.map(block).join(between)

/** A document in the wiki notation, in which version 2 of the API and service management show texts (recorded). */
export function documentToWiki({ content }: AdfDocument): string {
  return blocks(content)
}
