import { adfToMarkdown, isAdfError, markdownToAdf, patchAdf, storageToAdf, validateAdf } from '@telamon/adf'
import type { AdfDocument } from '@telamon/adf'
import type { NewBody } from '@telamon/confluence'
import { ToolError } from '@telamon/tool-registry'

/** A body for Confluence, and what was changed on the way, as notes for the caller. */
export interface Written {
  readonly body: NewBody
  readonly notes: readonly string[]
}

/** A body as a model writes it. */
export interface BodyText {
  readonly value: string
  readonly format?: 'markdown' | 'storage' | 'adf' | undefined
}

/** Where a body goes. */
export interface WrittenOptions {
  /** The title of the content, which many a text repeats as its first heading. */
  readonly title: string
  /** What it replaces: blocks that were not changed keep all they had. */
  readonly present?: AdfDocument
}

/**
 * Reads a body that a model wrote. Macros can be kept, and are not made of Markdown: a text that was copied from
 * somewhere must not bring one along.
 *
 * @throws ToolError when it cannot become a body. Nothing is written then.
 */
export function writtenBody({ value, format = 'markdown' }: BodyText, options: WrittenOptions): Written {
  if (format === 'adf' || (format === 'markdown' && looksLikeDocument(value)))
    return { body: parsedDocument(value), notes: [] }
  try {
    return format === 'storage' ? storageBody(value) : markdownBody(value, options)
  } catch (error) {
    if (!isAdfError(error)) throw error
    const isPartly = error.code === 'invalid'
    throw new ToolError({
      code: 'invalid_input',
      message: isPartly
        ? 'The change is in a block of which the text for reading leaves a macro or a file out, so that it would be lost.'
        : error.message,
      next: isPartly
        ? 'Read it again with getConfluenceContent and contentFormat editable, change that text, and send it whole.'
        : 'Correct the text and call again.',
      cause: error,
    })
  }
}

/** Read once to see that it is well-formed, since Confluence would refuse it otherwise, and sent as it is. */
function storageBody(value: string): Written {
  const fault = storageToAdf(value).warnings.find(({ subject }) => subject === 'xml')
  if (!fault) return { body: { storage: value }, notes: [] }
  throw new ToolError({
    code: 'invalid_input',
    message: fault.message,
    next: 'Correct the text and call again.',
  })
}

function markdownBody(value: string, { title, present }: WrittenOptions): Written {
  const { text, notes } = withoutTitle(value, title, present)
  if (present === undefined) {
    const { doc, warnings } = markdownToAdf(text, { target: 'confluence', escapes: 'known' })
    return { body: doc, notes: [...notes, ...warnings.map(({ message }) => message)] }
  }
  const { doc, report } = patchAdf(present, text, { target: 'confluence' })
  return { body: doc, notes: [...notes, ...report.warnings.map(({ message }) => message)] }
}

/** Takes a first heading away that is the title again, unless the content has it already. */
function withoutTitle(
  value: string,
  title: string,
  present: AdfDocument | undefined,
): { readonly text: string; readonly notes: readonly string[] } {
  const [, heading = '', rest = ''] = /^\s*#[ \t]+([^\n]*)\n?([\s\S]*)$/.exec(value) ?? []
  const first = present?.content[0]?.type
  if (heading.trim() === '' || heading.trim() !== title.trim() || first === 'heading')
    return { text: value, notes: [] }
  return { text: rest, notes: ['The first heading was the title again, and was left out.'] }
}

/** Nobody writes this to be read: it is a document for which the format was forgotten. */
const looksLikeDocument = (text: string): boolean =>
  /^\s*\{\s*"(?:type"\s*:\s*"doc|version"\s*:\s*1)\b/.test(text)

function isDocument(value: unknown): value is AdfDocument {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'doc'
}

function parsedDocument(text: string): AdfDocument {
  const document: unknown = parsedJson(text)
  const checked = validateAdf(document, { target: 'confluence' })
  if (checked.ok && isDocument(document)) return document
  const faults = checked.errors.slice(0, 5).map(({ path, message }) => `${path || 'document'}: ${message}`)
  throw new ToolError({
    code: 'invalid_input',
    message: `The text is not a document that Confluence takes: ${faults.join('; ')}`,
    next: 'Correct these places, or write Markdown and leave format out.',
  })
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ToolError({
      code: 'invalid_input',
      message: 'format is adf, and the text is not JSON.',
      next: 'Send the document as JSON text, or write Markdown and leave format out.',
      cause,
    })
  }
}

/** A document as Markdown, and what it does not show. */
export interface ReadBody {
  readonly text: string
  readonly notes: readonly string[]
}

/** By format: the shortest Markdown that keeps the meaning, Markdown that can be written back, or JSON. */
export const readBody: Readonly<
  Record<'markdown' | 'editable' | 'adf', (document: AdfDocument) => ReadBody>
> = {
  markdown: (document) => {
    const { markdown, warnings } = adfToMarkdown(document, { mode: 'plain' })
    return { text: markdown.trim(), notes: warnings.map(({ message }) => message) }
  },
  editable: (document) => ({ text: adfToMarkdown(document, { mode: 'edit' }).markdown.trim(), notes: [] }),
  adf: (document) => ({ text: JSON.stringify(document), notes: [] }),
}
