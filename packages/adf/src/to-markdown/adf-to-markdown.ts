import type { AdfNode, Warning } from '../document.ts'
import { isInline } from '../model/nodes.ts'
import { parseNode } from '../parse-node.ts'
import { writeBlocks } from './blocks.ts'
import { writeInlines } from './inlines.ts'
import { addText, createWriter, type ToMarkdownOptions, type Writer } from './writer.ts'

/** Where a node of the document stands in the Markdown. */
export interface MarkdownBlock {
  readonly type: string
  /** Its first line, counted from 1. */
  readonly from: number
  /** The line after its last one; equal to `from` when it was left out. */
  readonly to: number
}

/** What `adfToMarkdown` gives. */
export interface ToMarkdownResult {
  /** Without a line break at the end; empty for an empty document. */
  readonly markdown: string
  /** What the Markdown does not show, or shows as an escape; one entry for each kind of thing. */
  readonly warnings: readonly Warning[]
  /** One entry for each node of the document's content, in order. */
  readonly blocks: readonly MarkdownBlock[]
}

/**
 * Writes a document as Markdown, for reading (`plain`, the default), for editing with `patchAdf` (`edit`), or so that
 * `markdownToAdf` gives the same document again (`lossless`). Takes a document, any single node, or nothing. Throws an
 * `AdfError` when the value is none of these, too large, or nested too deeply; unknown nodes are kept as escapes.
 */
export function adfToMarkdown(document: unknown, options: ToMarkdownOptions = {}): ToMarkdownResult {
  const writer = createWriter(options)
  const blocks: MarkdownBlock[] = []
  if (document !== null && document !== undefined) {
    const node = parseNode(document)
    if (node.type === 'doc') writeDocument(node.content ?? [], writer, blocks)
    else if (isInline(node.type)) addText(writer, writeInlines([node], writer))
    else writeBlocks([node], writer)
  }
  return { markdown: writer.lines.join('\n'), warnings: [...writer.warnings.values()], blocks }
}

function writeDocument(content: readonly AdfNode[], writer: Writer, blocks: MarkdownBlock[]): void {
  writeBlocks(content, writer, (node, from, to) => blocks.push({ type: node.type, from, to }))
}
