import { adfToMarkdown, markdownToAdf, validateAdf } from '@telamon/adf'
import type { AdfDocument } from '@telamon/adf'
import { ToolError } from '@telamon/tool-registry'

/** A document for Jira, and what was changed on the way, as notes for the caller. */
export interface Written {
  readonly document: AdfDocument
  readonly notes: readonly string[]
}

/** Reads rich text that a model wrote: Markdown, or a document as JSON text. */
export function writtenText(text: string, format: 'markdown' | 'adf' = 'markdown'): Written {
  if (format === 'adf') return { document: parsedDocument(text), notes: [] }
  const { doc, warnings } = markdownToAdf(text, { target: 'jira' })
  return { document: doc, notes: warnings.map((warning) => warning.message) }
}

function parsedDocument(text: string): AdfDocument {
  const document: unknown = parsedJson(text)
  const checked = validateAdf(document, { target: 'jira' })
  if (checked.ok) return document as AdfDocument // eslint-disable-line typescript/no-unsafe-type-assertion -- validated in the line before
  throw new ToolError({
    code: 'invalid_input',
    message: `The text is not a document that Jira takes: ${checked.errors
      .slice(0, 5)
      .map(({ path, message }) => `${path}: ${message}`)
      .join('; ')}.`,
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

/** A document as the shortest Markdown that keeps its meaning. */
export function readText(document: unknown): string {
  return adfToMarkdown(document, { mode: 'plain' }).markdown.trim()
}
