import type { Warning } from '../document.ts'

/**
 * How much of a document Markdown has to carry. `lossless`: everything, so that reading gives the same document again ·
 * `edit`: everything but what `patchAdf` puts back by itself, such as local ids and widths · `plain`: what a reader needs.
 */
export type MarkdownMode = 'edit' | 'lossless' | 'plain'

/** What `adfToMarkdown` takes besides the document. */
export interface ToMarkdownOptions {
  /** Default: `plain`. */
  readonly mode?: MarkdownMode
  /** The name of a person whose mention carries none; for the modes `plain` and `edit`. */
  readonly resolveUser?: (accountId: string) => string | undefined
  /** The name of a file by the id of its media, where the document says none; for the mode `plain`. */
  readonly resolveMedia?: (id: string) => string | undefined
}

/** One writing of Markdown: lines are added in order, each with what lists and quotes put before it. */
export interface Writer {
  readonly mode: MarkdownMode
  readonly options: ToMarkdownOptions
  readonly lines: string[]
  readonly warnings: Map<string, Warning>
  /** What begins every line in this place. */
  prefix: string
  /** What begins the next line instead, when it is the first of a list item. */
  lead: string | undefined
  /** Whether a blank line is due before the next one. */
  blank: boolean
  /** The most colons that a container within the present one took. */
  colons: number
}

/** Begins a writing. */
export function createWriter(options: ToMarkdownOptions): Writer {
  return {
    mode: options.mode ?? 'plain',
    options,
    lines: [],
    warnings: new Map(),
    prefix: '',
    lead: undefined,
    blank: false,
    colons: 2,
  }
}

/** Adds one line. */
export function addLine(writer: Writer, text: string): void {
  endBlank(writer)
  const start = writer.lead ?? writer.prefix
  writer.lead = undefined
  writer.lines.push(text === '' ? start.trimEnd() : start + text)
}

function endBlank(writer: Writer): void {
  if (!writer.blank) return
  writer.lines.push(writer.prefix.trimEnd())
  writer.blank = false
}

/** Adds a text of one or several lines. */
export function addText(writer: Writer, text: string): void {
  if (text.includes('\n')) for (const line of text.split('\n')) addLine(writer, line)
  else addLine(writer, text)
}

/** Writes something whose lines begin with more than those around it. */
export function within(
  writer: Writer,
  more: { readonly lead: string; readonly prefix: string },
  write: () => void,
): void {
  const { prefix } = writer
  endBlank(writer)
  writer.lead = (writer.lead ?? prefix) + more.lead
  writer.prefix = prefix + more.prefix
  write()
  // An item without any line still has its marker. Three bare dashes would be a rule.
  if (writer.lead !== undefined) addLine(writer, /-\s+-\s+-\s*$/.test(writer.lead) ? '<!-- -->' : '')
  writer.prefix = prefix
}

/** Remembers a warning, once for each kind of thing. */
export function note(writer: Writer, warning: Warning): void {
  const key = `${warning.code} ${warning.subject ?? ''}`
  if (!writer.warnings.has(key)) writer.warnings.set(key, warning)
}
