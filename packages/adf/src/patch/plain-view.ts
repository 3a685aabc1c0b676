import type { AdfNode, Warning } from '../document.ts'
import { AdfError } from '../error.ts'
import { adfToMarkdown } from '../to-markdown/adf-to-markdown.ts'

/** A block in both views. */
interface Views {
  readonly type: string
  readonly plain: string
  readonly edit: string
}

/** An edited text in terms of the view for editing, and which view it had been. */
export interface Restored {
  readonly markdown: string
  readonly view: 'edit' | 'plain'
  readonly warnings: readonly Warning[]
}

/** What the plain view puts in the place of what it cannot show. */
const placeholder = /\[(?:macro|image|file): [^\]\n]*\]|\[synced block\]/g

/**
 * Many an edit is made of the plain view, which leaves colours, people's ids and macros out; to take it at its word would
 * delete them. So blocks that still stand there as the plain view had them are put back in the view for editing. A text is
 * taken for an edit of the plain view when it holds blocks that read as that view has them, and none as the other has.
 * Throws an `AdfError` when what is left names a macro or file that only the other view can carry.
 */
export function restoreView(
  content: readonly AdfNode[],
  markdown: string,
  view?: 'edit' | 'plain',
): Restored {
  const lines = markdown.replaceAll(/\r\n?/g, '\n')
  const different = viewsOf(content).filter(({ plain, edit }) => plain !== edit && plain !== '')
  const isPlain = view === undefined ? looksPlain(different, lines) : view === 'plain'
  if (!isPlain) return { markdown, view: 'edit', warnings: [] }
  const warnings: Warning[] = []
  let from = 0
  let result = ''
  for (const { type, plain, edit } of different) {
    const at = find(lines, plain, from)
    if (at === -1) {
      const message = `A ${type} was changed in the plain view, which does not show all of it: check what became of it, or edit the other view.`
      warnings.push({ code: 'lost', subject: type, message })
    } else {
      result += lines.slice(from, at) + edit
      from = at + plain.length
    }
  }
  result += lines.slice(from)
  const shown = new Set(different.flatMap(({ edit }) => edit.match(placeholder) ?? []))
  const left = (result.match(placeholder) ?? []).filter((name) => !shown.has(name))
  if (left.some((name) => different.some(({ plain }) => plain.includes(name)))) {
    const message =
      'This edit changes a block in which the plain view leaves a macro or file out. Read the document in the mode edit, and edit that.'
    throw new AdfError('invalid', message)
  }
  return { markdown: result, view: 'plain', warnings }
}

/** The blocks that can read differently in the two views, in both of them. */
function viewsOf(content: readonly AdfNode[]): readonly Views[] {
  const told = content.filter(isToldApart)
  if (told.length === 0) return []
  const [plain, edit] = (['plain', 'edit'] as const).map((mode) => {
    // A rule between blocks keeps lists apart, so that each block reads as it does by itself.
    const apart = told.flatMap((node): readonly AdfNode[] => [node, { type: 'rule' }])
    const written = adfToMarkdown({ type: 'doc', version: 1, content: apart }, { mode })
    const lines = written.markdown.split('\n')
    return written.blocks.map(({ from, to }) => lines.slice(from - 1, to - 1).join('\n'))
  })
  return told.map((node, index) => ({
    type: node.type,
    plain: plain?.[2 * index] ?? '',
    edit: edit?.[2 * index] ?? '',
  }))
}

/** Nodes and marks that both views write alike. */
const alike: ReadonlySet<string> = new Set([
  'blockquote',
  'bulletList',
  'codeBlock',
  'hardBreak',
  'heading',
  'listItem',
  'orderedList',
  'paragraph',
  'rule',
  'tableCell',
  'tableHeader',
  'tableRow',
  'taskItem',
  'taskList',
  'text',
])
const alikeMarks: ReadonlySet<string> = new Set(['code', 'em', 'link', 'strike', 'strong', 'subsup'])

function isToldApart(node: AdfNode): boolean {
  if (!alike.has(node.type) && !(node.type === 'table' && isGrid(node))) return true
  if (node.type === 'text') return node.marks?.some((mark) => !alikeMarks.has(mark.type)) ?? false
  return node.content?.some(isToldApart) ?? false
}

/** Whether a table is one that both views write with bars: cells of one paragraph under a row of headers. */
function isGrid(table: AdfNode): boolean {
  const [first] = table.content ?? []
  const isHead = first?.content?.every((cell) => cell.type === 'tableHeader') === true
  return (
    isHead &&
    (table.content ?? []).every((row) => (row.content ?? []).every((cell) => cell.content?.length === 1))
  )
}

/** What only the views for editing have. */
const notations = /^(?:[> ]*)(?::{3,}[A-Za-z]|`{3}adf |::(?:card|embed)\{)|<!-- adf |:adf`/m

function looksPlain(different: readonly Views[], markdown: string): boolean {
  if (notations.test(markdown)) return false
  let isPlain = false
  for (const { plain, edit } of different) {
    if (edit !== '' && find(markdown, edit, 0) !== -1) return false
    isPlain ||= find(markdown, plain, 0) !== -1
  }
  return isPlain
}

/** Where a block stands whole, between blank lines or the edges of the text. */
function find(markdown: string, block: string, from: number): number {
  let at = markdown.indexOf(block, from)
  while (at !== -1) {
    const before = markdown.slice(Math.max(0, at - 2), at)
    const after = markdown.slice(at + block.length, at + block.length + 2)
    const isStart = at === 0 || before === '\n\n' || before === '\n'
    if (isStart && (after === '' || after === '\n' || after === '\n\n')) return at
    at = markdown.indexOf(block, at + 1)
  }
  return -1
}
