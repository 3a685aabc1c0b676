import { type AdfDocument, type AdfNode, isNode, type Warning } from '../document.ts'
import { AdfError } from '../error.ts'
import { readMarkdown } from '../from-markdown/markdown-to-adf.ts'
import type { FromMarkdownOptions } from '../from-markdown/reading.ts'
import { adfToMarkdown } from '../to-markdown/adf-to-markdown.ts'
import { guardJson } from '../guard.ts'
import { createKeys } from './keys.ts'
import { mergeNodes } from './merge.ts'
import { createTally, type PatchReport } from './report.ts'

/** What `patchAdf` takes besides the document and the text. */
export type PatchOptions = Omit<FromMarkdownOptions, 'escapes' | 'original'>

/** What `patchAdf` gives. */
export interface PatchResult {
  readonly doc: AdfDocument
  readonly report: PatchReport
  /** What reading the edited text had to put into another form. */
  readonly warnings: readonly Warning[]
}

/**
 * Applies edited Markdown to the document that it was made of. Blocks that were not changed are the very nodes of the
 * original; changed ones keep their ids, marks, widths and inline comments as far as their text is still there. Give the
 * editor the modes `edit` or `lossless` of `adfToMarkdown`: the mode `plain` leaves things out, so an edit of it is refused
 * with an `AdfError` of the code `invalid`. Macros can be kept, moved and removed, not made.
 */
export function patchAdf(original: AdfDocument, editedMarkdown: string, options: PatchOptions = {}): PatchResult {
  const before = contentOf(original)
  refusePlain(before, editedMarkdown)
  const { nodes, warnings, isMade } = readMarkdown(editedMarkdown, { ...options, escapes: 'known', original })
  const tally = createTally()
  const content = mergeNodes(before, nodes, { keys: createKeys(), tally, isMade })
  return { doc: { type: 'doc', version: 1, content }, report: tally, warnings }
}

/** Merges edited Markdown into a run of blocks of a document. */
export function patchBlocks(
  before: readonly AdfNode[],
  editedMarkdown: string,
  options: PatchOptions & { readonly original: AdfDocument },
): { readonly content: readonly AdfNode[]; readonly report: PatchReport; readonly warnings: readonly Warning[] } {
  refusePlain(before, editedMarkdown)
  const { nodes, warnings, isMade } = readMarkdown(editedMarkdown, { ...options, escapes: 'known' })
  const tally = createTally()
  return { content: mergeNodes(before, nodes, { keys: createKeys(), tally, isMade }), report: tally, warnings }
}

/** The nodes of a document, or an `AdfError` when it is none. */
export function contentOf(document: AdfDocument): readonly AdfNode[] {
  guardJson(document)
  if (!isNode(document) || document.type !== 'doc') throw new AdfError('not_adf', 'This is no ADF document.')
  return (document.content ?? []).filter(isNode)
}

const placeholder = /^(?:> )*\[(?:macro: [^\]\n]*|synced block)\]$/gm

/** A plain view names macros in brackets. To take such a text for an edit would delete every one of them. */
function refusePlain(before: readonly AdfNode[], markdown: string): void {
  const found = markdown.match(placeholder)
  if (!found || !before.some(holdsMacro)) return
  const shown = new Set(adfToMarkdown({ type: 'doc', version: 1, content: before }, { mode: 'edit' }).markdown.match(placeholder))
  if (found.every((line) => shown.has(line))) return
  const message = 'This is an edit of the plain view, which leaves macros out. Read the document in the mode edit, and edit that.'
  throw new AdfError('invalid', message)
}

function holdsMacro(node: AdfNode): boolean {
  if (node.type === 'extension' || node.type === 'bodiedExtension' || node.type === 'syncBlock') return true
  return node.content?.some((child) => isNode(child) && holdsMacro(child)) ?? false
}
