import {
  type AdfDocument,
  adfToStorage,
  markdownToAdf,
  plainText,
  storageToAdf,
  validateAdf,
  wikiToAdf,
} from '@telamon/adf'

import { asObject } from '../http/value.ts'
import { renderDocument } from './html.ts'

export type ReadDocument =
  | { readonly ok: true; readonly document: AdfDocument }
  | { readonly ok: false; readonly error: string }

function isDocument(value: unknown, target: 'jira' | 'confluence'): value is AdfDocument {
  return validateAdf(value, { target }).ok
}

/** A value as a rich text document, if it is one that the product would take. */
export function readDocument(value: unknown, target: 'jira' | 'confluence' = 'jira'): ReadDocument {
  const { type, version } = asObject(value) ?? {}
  if (type !== 'doc' || version !== 1) {
    return {
      ok: false,
      error: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
    }
  }
  return isDocument(value, target) ? { ok: true, document: value } : { ok: false, error: 'INVALID_INPUT' }
}

/** The words of a document. */
export function documentText(document: AdfDocument | null): string {
  return document === null ? '' : plainText(document)
}

/** A document as HTML, for `renderedFields` and for the pages. */
export function documentHtml(document: AdfDocument | null): string | null {
  return document === null ? null : renderDocument(document)
}

/** A document from Markdown, for the stories. */
export function documentOf(markdown: string, target: 'jira' | 'confluence'): AdfDocument {
  return markdownToAdf(markdown, { target }).doc
}

/** Storage format as a document. */
export function storageToDocument(xml: string): AdfDocument {
  return storageToAdf(xml).doc
}

/** Wiki markup as a document. */
export function wikiToDocument(markup: string): AdfDocument {
  return wikiToAdf(markup).doc
}

/** A document in storage format. */
export function documentToStorage(document: AdfDocument): string {
  return adfToStorage(document).xml
}
