import { adfToMarkdown, markdownToAdf, patchAdf, validateAdf } from '@telamon/adf'
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

/** Reads a body that a model wrote. `original`: what it replaces; blocks that were not changed keep all they had. */
export function writtenBody({ value, format = 'markdown' }: BodyText, original?: AdfDocument): Written {
  if (format === 'storage') return { body: { storage: value }, notes: [] }
  if (format === 'adf') return { body: parsedDocument(value), notes: [] }
  if (original) {
    const { doc, report } = patchAdf(original, value, { target: 'confluence' })
    return { body: doc, notes: report.warnings.map(({ message }) => message) }
  }
  const { doc, warnings } = markdownToAdf(value, { target: 'confluence' })
  return { body: doc, notes: warnings.map(({ message }) => message) }
}

function parsedDocument(text: string): AdfDocument {
  const document: unknown = parsedJson(text)
  const checked = validateAdf(document, { target: 'confluence' })
  if (checked.ok) return document as AdfDocument // eslint-disable-line typescript/no-unsafe-type-assertion -- validated in the line before
  const faults = checked.errors.slice(0, 5).map(({ path, message }) => `${path}: ${message}`)
  throw new ToolError({
    code: 'invalid_input',
    message: `The text is not a document that Confluence takes: ${faults.join('; ')}.`,
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

/** The shortest Markdown that keeps the meaning. */
export function readText(document: AdfDocument): string {
  return adfToMarkdown(document, { mode: 'plain' }).markdown.trim()
}

/** Markdown that keeps everything, for writing back. */
export function editableText(document: AdfDocument): string {
  return adfToMarkdown(document, { mode: 'lossless' }).markdown.trim()
}
