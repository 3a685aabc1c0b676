import type { AdfDocument, AdfNode } from '../document.ts'
import { AdfError } from '../error.ts'
import { readMarkdown } from '../from-markdown/markdown-to-adf.ts'
import type { FromMarkdownOptions } from '../from-markdown/reading.ts'
import { parseNode } from '../parse-node.ts'
import { createKeys } from './keys.ts'
import { mergeNodes } from './merge.ts'
import { restoreView } from './plain-view.ts'
import { createTally, type PatchReport, reportOf } from './report.ts'

/** What `patchAdf` takes besides the document and the text. */
export interface PatchOptions extends Omit<FromMarkdownOptions, 'escapes' | 'original'> {
  /** Which view was edited: that of the mode `plain`, or that of `edit` or `lossless`. Default: told from the text. */
  readonly view?: 'edit' | 'plain'
}

/** What `patchAdf` gives. */
export interface PatchResult {
  readonly doc: AdfDocument
  readonly report: PatchReport
}

/**
 * Applies edited Markdown to the document that it was made of. Blocks that were not changed are the very nodes of the
 * original; changed ones keep their ids, marks, widths and inline comments as far as their text is still there. Macros can
 * be kept, moved and removed, not made. Give the editor the mode `edit` or `lossless` of `adfToMarkdown`. An edit of the
 * mode `plain` is taken as well; where it changes a block in which that view leaves a macro or file out, it is refused with
 * an `AdfError` of the code `invalid`.
 */
export function patchAdf(
  original: AdfDocument,
  editedMarkdown: string,
  options: PatchOptions = {},
): PatchResult {
  const before = contentOf(original)
  const { content, report } = patchBlocks(before, editedMarkdown, { ...options, original })
  return { doc: { type: 'doc', version: 1, content }, report }
}

/** Merges edited Markdown into a run of blocks of a document. */
export function patchBlocks(
  before: readonly AdfNode[],
  editedMarkdown: string,
  options: PatchOptions & { readonly original: AdfDocument },
): { readonly content: readonly AdfNode[]; readonly report: PatchReport } {
  const { view, ...reading } = options
  if (typeof editedMarkdown !== 'string')
    throw new AdfError('not_adf', 'Give the edited Markdown as a string.')
  const restored = restoreView(before, editedMarkdown, view)
  const { nodes, warnings, isMade } = readMarkdown(restored.markdown, { ...reading, escapes: 'known' })
  const tally = createTally()
  const content = mergeNodes(before, nodes, { keys: createKeys(), tally, isMade })
  return { content, report: reportOf(tally, restored.view, [...restored.warnings, ...warnings]) }
}

/** The nodes of a document, or an `AdfError` when it is none. */
export function contentOf(document: AdfDocument): readonly AdfNode[] {
  const node = parseNode(document)
  if (node.type !== 'doc') throw new AdfError('not_adf', 'This is no ADF document.')
  return node.content ?? []
}
