import type { AdfDocument } from '@telamon/adf'

import { asText, isObject } from '../http/value.ts'
import type { Body } from '../world/confluence-model.ts'
import {
  documentText,
  documentToStorage,
  readDocument,
  storageToDocument,
  wikiToDocument,
} from './document.ts'
import { renderDocument } from './html.ts'

/** The forms in which a body can be read. Only the first two also come in lists (documented). */
export const bodyFormats = [
  'storage',
  'atlas_doc_format',
  'view',
  'export_view',
  'anonymous_export_view',
  'styled_view',
  'editor',
  'raw',
] as const
export type BodyFormat = (typeof bodyFormats)[number]

/** A body without anything in it. */
export const blank: Body = { representation: 'storage', value: '' }

/** The body as a document, converted if it was written in storage format. */
export function documentOfBody({ representation, value }: Body): AdfDocument {
  const empty: AdfDocument = { type: 'doc', version: 1, content: [] }
  if (value === '') return empty
  if (representation === 'raw') {
    return { ...empty, content: [{ type: 'paragraph', content: [{ type: 'text', text: value }] }] }
  }
  if (representation === 'storage') return storageToDocument(value)
  const read = readDocument(JSON.parse(value), 'confluence')
  return read.ok ? read.document : empty
}

/** The words of a body, for searches and excerpts. */
export function bodyText(body: Body): string {
  return documentText(documentOfBody(body))
}

/** The body in the form asked for; as it came when that is how it was written. */
export function bodyAs(
  body: Body,
  format: BodyFormat,
): { readonly representation: BodyFormat; readonly value: string } {
  if (format === body.representation) return { representation: format, value: body.value }
  const document = documentOfBody(body)
  return { representation: format, value: writers[format](document) }
}

const writers: Readonly<Record<BodyFormat, (document: AdfDocument) => string>> = {
  storage: documentToStorage,
  atlas_doc_format: (document) => JSON.stringify(document),
  view: (document) => renderDocument(document),
  export_view: (document) => renderDocument(document),
  anonymous_export_view: (document) => renderDocument(document),
  styled_view: (document) => renderDocument(document),
  editor: (document) => renderDocument(document),
  raw: documentText,
}

/** Reads `{ representation, value }`, also inside of a member named after the form. A string says what is wrong. */
export function readBody(given: unknown): Body | string {
  if (!isObject(given)) return 'The body is missing or has the wrong form'
  const inner = given['storage'] ?? given['atlas_doc_format'] ?? given['wiki'] ?? given['raw'] ?? given
  const representation = isObject(inner) ? inner['representation'] : undefined
  const value = isObject(inner) ? asText(inner['value']) : undefined
  if (value === undefined) return 'The value of the body is missing'
  if (representation === 'storage') return readStorage(value)
  if (representation === 'atlas_doc_format') return readDocumentText(value)
  if (representation === 'wiki') {
    return { representation: 'atlas_doc_format', value: JSON.stringify(wikiToDocument(value)) }
  }
  if (representation === 'raw') return { representation, value }
  return `The representation '${String(representation)}' is not served by this simulator`
}

function readStorage(value: string): Body | string {
  try {
    storageToDocument(value)
  } catch {
    return 'Error parsing xhtml'
  }
  return { representation: 'storage', value }
}

function readDocumentText(value: string): Body | string {
  try {
    const read = readDocument(JSON.parse(value), 'confluence')
    return read.ok ? { representation: 'atlas_doc_format', value } : read.error
  } catch {
    return 'The value is not JSON'
  }
}
