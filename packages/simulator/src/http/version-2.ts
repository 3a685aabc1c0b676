import { type AdfDocument, wikiToAdf } from '@telamon/adf'

import { documentToWiki } from '../content/wiki.ts'
import type { RequestBody } from './call.ts'
import type { Reply } from './reply.ts'
import { isObject } from './value.ts'

const versions = /^\/rest\/api\/(2|latest)\//

/**
 * Version 2 of Jira's platform has the operations of version 3, and rich text as wiki markup (documented). No document
 * of it is among ours, so that it is served by the operations of version 3: their paths, and text in place of documents.
 */
export interface Version2 {
  /** The path of version 3. */
  readonly pathname: string
  readonly body: (body: RequestBody) => RequestBody
  readonly reply: (reply: Reply) => Reply
}

/** Where rich text is written; elsewhere a description is plain text in both versions. */
const places = /^\/rest\/api\/3\/issue(?:\/[^/]+(?:\/(?:comment|worklog)(?:\/[^/]+)?|\/transitions)?)?$/

/** How a request for version 2 is served; undefined for all others. */
export function version2Of(asked: string): Version2 | undefined {
  if (!versions.test(asked)) return undefined
  const pathname = asked.replace(versions, '/rest/api/3/')
  return {
    pathname,
    body: (body) =>
      body.kind === 'json' && places.test(pathname)
        ? { kind: 'json', value: asDocuments(body.value, '') }
        : body,
    reply: (reply) => (reply.body === undefined ? reply : { ...reply, body: asText(reply.body) }),
  }
}

/** The members that hold rich text where version 3 wants a document. */
const rich = new Set(['description', 'environment', 'comment', 'body'])

/** Members of an update say what is done to the field they stand in. */
const verbs = new Set(['set', 'add', 'edit'])

function asDocuments(value: unknown, name: string): unknown {
  if (typeof value === 'string') return rich.has(name) && value !== '' ? wikiToAdf(value).doc : value
  if (Array.isArray(value)) return value.map((inner) => asDocuments(inner, name))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, asDocuments(inner, verbs.has(key) ? name : key)]),
  )
}

const isDocument = (value: unknown): value is AdfDocument =>
  isObject(value) && value['type'] === 'doc' && value['version'] === 1

/** Text in place of documents, and addresses of version 2. */
function asText(value: unknown): unknown {
  if (typeof value === 'string') return value.replace('/rest/api/3/', '/rest/api/2/')
  if (Array.isArray(value)) return value.map(asText)
  if (isDocument(value)) return documentToWiki(value)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asText(inner)]))
}
