import type { AdfDocument } from '../document.ts'
import { AdfError } from '../error.ts'
import { patchBlocks, type PatchOptions } from '../patch/patch-adf.ts'
import type { PatchReport } from '../patch/report.ts'
import { adfToMarkdown } from '../to-markdown/adf-to-markdown.ts'
import { locateSection } from './outline.ts'
import { createFitting, rebuild } from './rebuild.ts'

/** What `replaceSection` takes besides the section and the text. */
export interface ReplaceSectionOptions extends PatchOptions {
  /** The hash of the section as it was read; the edit is refused when it has another by now. */
  readonly ifHash?: string
}

/** What `replaceSection` gives. */
export interface ReplaceSectionResult {
  readonly doc: AdfDocument
  readonly report: PatchReport
}

/**
 * Puts Markdown in the place of a section, named as for `section`. Text without a heading of its own leaves that of the
 * section. What is not changed keeps its nodes, within the section as outside. Throws an `AdfError`: `not_found`, `conflict`
 * when the section has moved on, `invalid` when what holds the section cannot hold the text.
 */
export function replaceSection(
  document: AdfDocument,
  heading: string,
  edit: { readonly markdown: string } & ReplaceSectionOptions,
): ReplaceSectionResult {
  const { markdown, ifHash, ...options } = edit
  const { entry, holder, parent, start, end } = locateSection(document, heading)
  if (ifHash !== undefined && ifHash !== entry.hash) {
    throw new AdfError(
      'conflict',
      'The section was changed since it was read: read it again, and edit what is there now.',
    )
  }
  const [own] = parent.slice(start, start + 1)
  const head =
    startsWithHeading(markdown) || !own ? '' : `${adfToMarkdown(own, { mode: 'edit' }).markdown}\n\n`
  const { content, report } = patchBlocks(parent.slice(start, end), head + markdown, {
    ...options,
    original: document,
  })
  const change = (children: typeof parent, address: string): typeof parent | undefined =>
    address === holder ? [...children.slice(0, start), ...content, ...children.slice(end)] : undefined
  return { doc: rebuild(document, change, createFitting(document, options.target)), report }
}

/** Whether a text begins with a heading of any form, so that it brings its own. */
function startsWithHeading(markdown: string): boolean {
  const [first = '', second = ''] = markdown.trimStart().split('\n', 2)
  return (
    /^(?:#{1,6}(?:\s|$)|```adf heading|<!-- adf )/.test(first) ||
    (first !== '' && /^(?:=+|-{2,})\s*$/.test(second))
  )
}
