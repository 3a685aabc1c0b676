import type { AdfDocument, AdfMark, AdfNode } from '@telamon/adf'

import { escapeHtml } from '../pages/html.ts'

const text = (value: unknown, fallback = ''): string => (typeof value === 'string' ? value : fallback)

/** Only addresses that a browser may follow without harm become links. */
function address(value: unknown): string {
  const href = text(value)
  return /^(https?:|mailto:|\/|#)/i.test(href) ? escapeHtml(href) : '#'
}

type Wrap = (inner: string, mark: AdfMark) => string

const marks: Readonly<Record<string, Wrap>> = {
  strong: (inner) => `<strong>${inner}</strong>`,
  em: (inner) => `<em>${inner}</em>`,
  strike: (inner) => `<del>${inner}</del>`,
  underline: (inner) => `<u>${inner}</u>`,
  code: (inner) => `<code>${inner}</code>`,
  subsup: (inner, { attrs }) => (attrs?.['type'] === 'sub' ? `<sub>${inner}</sub>` : `<sup>${inner}</sup>`),
  link: (inner, { attrs }) => `<a href="${address(attrs?.['href'])}">${inner}</a>`,
}

type Render = (node: AdfNode, inner: string) => string

const card: Render = ({ attrs }) => {
  const url = text(attrs?.['url'])
  return url === '' ? '' : `<a href="${address(url)}">${escapeHtml(url)}</a>`
}

const macro: Render = ({ attrs }, inner) =>
  `<p class="quiet">[${escapeHtml(text(attrs?.['extensionKey'], 'macro'))}]</p>${inner}`

const tag =
  (name: string): Render =>
  (_, inner) =>
    `<${name}>${inner}</${name}>`

const cell =
  (name: 'td' | 'th'): Render =>
  ({ attrs }, inner) => {
    const span = (attribute: string): string =>
      typeof attrs?.[attribute] === 'number' && attrs[attribute] > 1
        ? ` ${attribute}="${attrs[attribute]}"`
        : ''
    return `<${name}${span('colspan')}${span('rowspan')}>${inner}</${name}>`
  }

/** The day of a date node, which holds milliseconds as text, in UTC. */
function day(timestamp: unknown): string {
  const date = new Date(Number(timestamp))
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10)
}

const nodes: Readonly<Record<string, Render>> = {
  paragraph: tag('p'),
  bulletList: tag('ul'),
  orderedList: ({ attrs }, inner) => `<ol start="${Number(attrs?.['order'] ?? 1)}">${inner}</ol>`,
  listItem: tag('li'),
  taskList: (_, inner) => `<ul class="tasks">${inner}</ul>`,
  taskItem: ({ attrs }, inner) => {
    const done = attrs?.['state'] === 'DONE'
    return `<li>${done ? '☑ <span class="quiet">done</span>' : '☐'} ${inner}</li>`
  },
  decisionList: tag('ul'),
  decisionItem: (_, inner) => `<li><strong>Decision:</strong> ${inner}</li>`,
  codeBlock: (_, inner) => `<pre tabindex="0"><code>${inner}</code></pre>`,
  blockquote: tag('blockquote'),
  panel: ({ attrs }, inner) =>
    `<div class="panel"><p class="quiet">${escapeHtml(text(attrs?.['panelType'], 'info'))}</p>${inner}</div>`,
  expand: ({ attrs }, inner) =>
    `<details><summary>${escapeHtml(text(attrs?.['title'], 'More'))}</summary>${inner}</details>`,
  rule: () => '<hr>',
  table: (_, inner) => `<div class="scroll" tabindex="0"><table>${inner}</table></div>`,
  tableRow: tag('tr'),
  tableCell: cell('td'),
  tableHeader: cell('th'),
  layoutSection: (_, inner) => `<div class="columns">${inner}</div>`,
  layoutColumn: tag('div'),
  hardBreak: () => '<br>',
  mention: ({ attrs }) => `<span class="mention">${escapeHtml(text(attrs?.['text'], '@someone'))}</span>`,
  status: ({ attrs }) => `<span class="status">${escapeHtml(text(attrs?.['text']))}</span>`,
  date: ({ attrs }) => {
    const date = day(attrs?.['timestamp'])
    return `<time datetime="${date}">${date}</time>`
  },
  emoji: ({ attrs }) => escapeHtml(text(attrs?.['text'], text(attrs?.['shortName']))),
  inlineCard: card,
  blockCard: card,
  embedCard: card,
  extension: macro,
  inlineExtension: macro,
  bodiedExtension: macro,
  media: ({ attrs }) => `<span class="quiet">[${escapeHtml(text(attrs?.['alt'], 'image'))}]</span>`,
  mediaSingle: tag('p'),
  mediaGroup: tag('p'),
}
const nested: Readonly<Record<string, string>> = { nestedExpand: 'expand' }

function heading({ attrs }: AdfNode, inner: string, lowerBy: number): string {
  const level = Math.min(6, Math.max(1, Number(attrs?.['level'] ?? 1) + lowerBy))
  return `<h${level}>${inner}</h${level}>`
}

interface Where {
  readonly depth: number
  readonly lowerBy: number
}

function render(node: AdfNode, { depth, lowerBy }: Where): string {
  if (depth > 200) return ''
  const inner = (node.content ?? []).map((child) => render(child, { depth: depth + 1, lowerBy })).join('')
  if (node.type === 'text') {
    const words = escapeHtml(text(node.text))
    return (node.marks ?? []).reduce((html, mark) => marks[mark.type]?.(html, mark) ?? html, words)
  }
  if (node.type === 'heading') return heading(node, inner, lowerBy)
  const renderer = nodes[nested[node.type] ?? node.type]
  return renderer ? renderer(node, inner) : inner
}

/**
 * A document as HTML without scripts, styles and pictures. Unknown nodes show what is in them.
 *
 * @param lowerBy by how many levels headings are lowered, below a heading of the page's own
 */
export function renderDocument(document: AdfDocument, lowerBy = 0): string {
  return document.content.map((node) => render(node, { depth: 0, lowerBy })).join('\n')
}
