import type { AdfDocument, AdfNode, Warning } from '../document.ts'
import { AdfError } from '../error.ts'
import { settle } from '../fit/settle.ts'
import { readBlocks } from './blocks.ts'
import { createReading, type FromMarkdownOptions } from './reading.ts'

/** What `markdownToAdf` gives. */
export interface FromMarkdownResult {
  /** Always valid ADF, but for unknown nodes that stand in `original` and are taken over as they are. */
  readonly doc: AdfDocument
  /** What was put into another form, left out or refused, and where. */
  readonly warnings: readonly Warning[]
}

const defaultLimit = 1_000_000

/**
 * Reads Markdown into ADF: CommonMark with the tables, strikethrough and task lists of GitHub, callouts, and the notations
 * of this package for what only ADF has. What has no valid form is put into the nearest one, with a warning. The same
 * text and options give the same document. Throws an `AdfError` for texts beyond `limit`, of more than 100,000 or so
 * blocks, or nested deeper than 200 levels.
 */
export function markdownToAdf(markdown: string, options: FromMarkdownOptions = {}): FromMarkdownResult {
  const { nodes, warnings } = readMarkdown(markdown, options)
  return { doc: { type: 'doc', version: 1, content: nodes }, warnings }
}

/** Blocks read from Markdown, and which ids in them were made. */
export interface ReadMarkdown {
  readonly nodes: readonly AdfNode[]
  readonly warnings: readonly Warning[]
  readonly isMade: (id: string) => boolean
}

/** Reads Markdown into the blocks of a document. */
export function readMarkdown(markdown: string, options: FromMarkdownOptions): ReadMarkdown {
  const { limit = defaultLimit } = options
  if (typeof markdown !== 'string') throw new AdfError('not_adf', 'Give the Markdown as a string.')
  if (markdown.length > limit) {
    throw new AdfError(
      'too_large',
      `The text has ${markdown.length} characters, more than ${limit}: write it in parts.`,
    )
  }
  const reading = createReading(markdown, options)
  const content = readBlocks(normalizeLines(markdown), reading)
  const [settled] = settle({ type: 'doc', content }, reading)
  return { nodes: settled?.content ?? [], warnings: reading.warnings, isMade: (id) => reading.made.has(id) }
}

function normalizeLines(markdown: string): string {
  const lines = markdown.includes('\r') ? markdown.replaceAll(/\r\n?/g, '\n') : markdown
  return lines.includes('\0') ? lines.replaceAll('\0', '\ufffd') : lines
}
