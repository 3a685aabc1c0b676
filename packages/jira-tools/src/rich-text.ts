import { adfToMarkdown, isAdfError, markdownToAdf, patchAdf, validateAdf } from '@telamon/adf'
import type { AdfDocument } from '@telamon/adf'
import { ToolError } from '@telamon/tool-registry'

/** How rich text is shown: to be read, to be written back, or as it is. */
export type ReadingFormat = 'markdown' | 'editable' | 'adf'

/** Shows a document. */
export type ReadText = (document: unknown) => string

/** A document for Jira, and what was changed on the way, as notes for the caller. */
export interface Written {
  readonly document: AdfDocument
  readonly notes: readonly string[]
}

/** How rich text was written. */
export interface WrittenOptions {
  readonly format?: 'markdown' | 'adf' | undefined
  /** What it replaces: blocks that were not changed keep all they had. */
  readonly present?: unknown
}

/**
 * Reads rich text that a model wrote: Markdown, or a document as JSON text. Macros can be kept, and are not made of
 * Markdown: a text that was copied from somewhere must not bring one along.
 *
 * @throws ToolError when it cannot become a document. Nothing is written then.
 */
export function writtenText(text: string, { format = 'markdown', present }: WrittenOptions = {}): Written {
  if (format === 'adf' || looksLikeDocument(text)) return { document: parsedDocument(text), notes: [] }
  try {
    return isDocument(present) ? patched(present, text) : converted(text)
  } catch (error) {
    if (!isAdfError(error)) throw error
    const isPartly = error.code === 'invalid'
    throw new ToolError({
      code: 'invalid_input',
      message: isPartly
        ? 'The change is in a block of which the text for reading leaves a macro or a file out, so that it would be lost.'
        : error.message,
      next: isPartly
        ? 'Read the issue again with responseContentFormat editable, change that text, and send it whole.'
        : 'Correct the text and call again.',
      cause: error,
    })
  }
}

function converted(text: string): Written {
  const { doc, warnings } = markdownToAdf(text, { target: 'jira', escapes: 'known' })
  return { document: doc, notes: warnings.map(({ message }) => message) }
}

function patched(present: AdfDocument, text: string): Written {
  const { doc, report } = patchAdf(present, text, { target: 'jira' })
  return { document: doc, notes: report.warnings.map(({ message }) => message) }
}

/** Nobody writes this to be read: it is a document for which contentFormat was forgotten. */
const looksLikeDocument = (text: string): boolean =>
  /^\s*\{\s*"(?:type"\s*:\s*"doc|version"\s*:\s*1)\b/.test(text)

function isDocument(value: unknown): value is AdfDocument {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'doc'
}

function parsedDocument(text: string): AdfDocument {
  const document: unknown = parsedJson(text)
  const checked = validateAdf(document, { target: 'jira' })
  if (checked.ok && isDocument(document)) return document
  const faults = checked.errors.slice(0, 5).map(({ path, message }) => `${path || 'document'}: ${message}`)
  throw new ToolError({
    code: 'invalid_input',
    message: `The text is not a document that Jira takes: ${faults.join('; ')}`,
    next: 'Correct these places, or write Markdown and leave contentFormat out.',
  })
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ToolError({
      code: 'invalid_input',
      message: 'contentFormat is adf, and the text is not JSON.',
      next: 'Send the document as JSON text, or write Markdown and leave contentFormat out.',
      cause,
    })
  }
}

/** By format: the shortest Markdown that keeps the meaning, Markdown that keeps everything, or JSON. */
export const readText: Readonly<Record<ReadingFormat, ReadText>> = {
  markdown: (document) => adfToMarkdown(document, { mode: 'plain' }).markdown.trim(),
  editable: (document) => adfToMarkdown(document, { mode: 'edit' }).markdown.trim(),
  adf: (document) => JSON.stringify(document),
}
