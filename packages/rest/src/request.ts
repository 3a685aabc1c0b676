import { addressUnder, fillPath, fillQuery } from './address.ts'
import { effectOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import { payloadOf } from './payload.ts'
import type { Payload } from './payload.ts'
import { refused } from './refused.ts'

/** The input of a call when its types are forgotten. */
export interface AnyInput {
  readonly path?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** A request that lacks its credentials only. */
export interface Draft {
  readonly address: URL
  readonly headers: Headers
  readonly payload: Payload | undefined
}

/** What goes into each request beside the input. */
export interface Manner {
  readonly base: string
  readonly userAgent: string
  /** Such as `de`. Absent: the language of the person's profile. */
  readonly language?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Fields that only the connection may set: credentials, and how the body is framed. */
const reserved = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'host',
  'content-length',
  'transfer-encoding',
]

const confluenceV1 = /^\/wiki\/rest\//

/** Uploads, and every write of Confluence v1, are taken for forged ones by the XSRF check without this field (documented). */
function needsNoCheck(operation: OperationSpec): boolean {
  if (operation.body === 'multipart' || operation.body === 'bytes') return true
  return confluenceV1.test(operation.path) && effectOf(operation) !== 'read'
}

function headersOf(operation: OperationSpec, manner: Manner): Headers {
  let headers: Headers
  try {
    headers = new Headers(manner.headers)
  } catch {
    throw refused(operation, 'A header field of the options cannot be sent.')
  }
  for (const name of reserved) headers.delete(name)
  if (!headers.has('accept')) headers.set('accept', operation.res === 'binary' ? '*/*' : 'application/json')
  headers.set('user-agent', manner.userAgent)
  if (needsNoCheck(operation)) headers.set('x-atlassian-token', 'no-check')
  if (operation.experimental === true) headers.set('x-experimentalapi', 'opt-in')
  if (manner.language !== undefined) {
    headers.set('accept-language', manner.language)
    headers.set('x-force-accept-language', 'true')
  }
  return headers
}

/** Builds a request from a record and an input. All that can be refused without asking Atlassian is refused here. */
export function draft(operation: OperationSpec, input: AnyInput, manner: Manner): Draft {
  const path = fillPath(operation, input.path) + fillQuery(operation, input.query)
  const address = addressUnder(manner.base, path, operation)
  const payload = payloadOf(operation, input.body)
  const headers = headersOf(operation, manner)
  if (payload !== undefined && !headers.has('content-type')) headers.set('content-type', payload.type)
  return { address, headers, payload }
}
