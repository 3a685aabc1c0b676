import type { AdfDocument } from '@telamon/adf'
import { type OperationSpec } from '@telamon/rest'
import { AtlassianError } from '@telamon/rest/surface'

import type { BodyType } from './generated/v2/types.gen.ts'

/** How a single page, post or comment can be read. Lists know the first two. */
export type BodyFormat =
  | 'atlas_doc_format'
  | 'storage'
  | 'view'
  | 'export_view'
  | 'anonymous_export_view'
  | 'styled_view'
  | 'editor'

/** How pages, posts and comments can be read in lists. */
export type ListBodyFormat = 'atlas_doc_format' | 'storage'

/** What a body is when read in a format: a document, text (XML or HTML), or nothing when none was asked for. */
export type BodyOf<Format extends BodyFormat | undefined> = Format extends 'atlas_doc_format'
  ? AdfDocument
  : Format extends BodyFormat
    ? string
    : undefined

/** Something with its body as it was asked for. */
export type WithBody<Item, Format extends BodyFormat | undefined> = Omit<Item, 'body'> & {
  readonly body: BodyOf<Format>
}

/** A body to be written: a document, or the XML of the storage format. */
export type NewBody = AdfDocument | { readonly storage: string }

/** A body as version 2 of the API takes it. */
export interface WrittenBody {
  readonly representation: 'atlas_doc_format' | 'storage'
  readonly value: string
}

/** Writes a body. */
export const writtenBody = (body: NewBody): WrittenBody =>
  'storage' in body
    ? { representation: 'storage', value: body.storage }
    : { representation: 'atlas_doc_format', value: JSON.stringify(body) }

interface Bodied {
  readonly body?: Readonly<Record<string, BodyType | null | undefined>> | null
}

/** Reads the body of an answer into the view that was asked for. A document comes as JSON inside a string. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller's types of item and format make the view
export function withBody<View extends { readonly body: unknown }>(
  operation: OperationSpec,
  item: object,
  format: BodyFormat | undefined,
): View
export function withBody(
  operation: OperationSpec,
  item: Bodied,
  format: BodyFormat | undefined,
): { readonly body: unknown } {
  if (format === undefined) return { ...item, body: undefined }
  const text = item.body?.[format]?.value ?? ''
  return { ...item, body: format === 'atlas_doc_format' ? parseDocument(operation, text) : text }
}

/** An empty page has an empty text for a body. */
function parseDocument(operation: OperationSpec, text: string): AdfDocument {
  if (text === '') return { type: 'doc', version: 1, content: [] }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw unreadable(operation, cause)
  }
  if (isDocument(value)) return value
  throw unreadable(operation)
}

const isDocument = (value: unknown): value is AdfDocument =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  value.type === 'doc' &&
  'content' in value &&
  Array.isArray(value.content)

const unreadable = (operation: OperationSpec, cause?: unknown): AtlassianError =>
  new AtlassianError({
    code: 'unreadable',
    operation,
    status: 200,
    detail: 'The body is no document. Ask for another format, such as storage.',
    ...(cause !== undefined && { cause }),
  })
