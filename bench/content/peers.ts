/** The converters that others made, behind one shape each. */
import { createRequire } from 'node:module'

import { convertADFToMarkdown } from 'adf-to-markdown'
import { markdownToAdf as marklassian } from 'marklassian'

import type { AdfDocument } from '../../packages/adf/src/index.ts'

/** Writes a document as Markdown. */
export interface Writer {
  readonly name: string
  readonly write: (document: AdfDocument) => string
}

/** Reads Markdown into a document. */
export interface Reader {
  readonly name: string
  readonly read: (markdown: string) => AdfDocument
}

const require = createRequire(import.meta.url)

/** Its ES modules import folders, which Node refuses; its CommonJS modules load. */
interface Transformer {
  readonly MarkdownTransformer: new () => { parse(markdown: string): { toJSON(): unknown } }
}

/* eslint-disable typescript/no-unsafe-type-assertion -- packages without types, or with types of their own for ADF */
const adfToMd = require('adf-to-md') as { convert(document: unknown): { result: string } }
const { MarkdownTransformer } = require('@atlaskit/editor-markdown-transformer') as Transformer
const transformer = new MarkdownTransformer()

export const writers: readonly Writer[] = [
  {
    name: 'adf-to-markdown',
    write: (document) => silently(() => convertADFToMarkdown(structuredClone(document) as never)),
  },
  {
    name: 'adf-to-md',
    write: (document) => silently(() => adfToMd.convert(structuredClone(document)).result),
  },
]

export const readers: readonly Reader[] = [
  { name: 'marklassian', read: (markdown) => marklassian(markdown) },
  {
    name: 'editor-markdown-transformer',
    read: (markdown) =>
      withoutNulls({ version: 1, ...(transformer.parse(markdown).toJSON() as object) }) as AdfDocument,
  },
]
/* eslint-enable typescript/no-unsafe-type-assertion */

/** The editor writes what is not set as null. */
function withoutNulls(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, member: unknown) => member ?? undefined)
}

/** Both tell the console what they leave out. */
function silently<Result>(work: () => Result): Result {
  const { log, warn } = console
  Object.assign(console, { log: () => undefined, warn: () => undefined })
  try {
    return work()
  } finally {
    Object.assign(console, { log, warn })
  }
}
