import { addressUnder, fillPath, fillQuery } from './address.ts'
import { effectOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import { loadPayload } from './parts.ts'
import type { Payload } from './payload.ts'
import { Refusal } from './refusal.ts'

/** The input of a call when its types are forgotten. */
export interface AnyInput {
  readonly path?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** Header fields by their names in lower case. */
export type Fields = Readonly<Record<string, string>>

/** A request that lacks its credentials only. */
export interface Draft {
  readonly address: URL
  readonly fields: Fields
  readonly payload: Payload | undefined
}

/** What goes into each request beside the input. */
export interface Manner {
  readonly base: string
  readonly userAgent: string
  /** Such as `de`. Absent: the language of the person's profile. */
  readonly language?: string
  readonly headers: Readonly<Record<string, string>> | undefined
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

/** The caller's own fields, without those that are not the caller's to set. */
function ownFields(headers: Readonly<Record<string, string>>): Fields {
  try {
    const own = new Headers(headers)
    for (const name of reserved) own.delete(name)
    return Object.fromEntries(own)
  } catch {
    throw new Refusal('A header field of the options cannot be sent.')
  }
}

function fieldsOf(operation: OperationSpec, manner: Manner, payload: Payload | undefined): Fields {
  const { userAgent, language, headers } = manner
  return {
    accept: operation.res === 'binary' ? '*/*' : 'application/json',
    ...(payload !== undefined && { 'content-type': payload.type }),
    ...(headers !== undefined && ownFields(headers)),
    'user-agent': userAgent,
    ...(needsNoCheck(operation) && { 'x-atlassian-token': 'no-check' }),
    ...(operation.experimental === true && { 'x-experimentalapi': 'opt-in' }),
    ...(language !== undefined && { 'accept-language': language, 'x-force-accept-language': 'true' }),
    ...(payload !== undefined &&
      'length' in payload &&
      payload.length !== undefined && { 'content-length': String(payload.length) }),
  }
}

async function written(operation: OperationSpec, body: unknown): Promise<Payload> {
  const { payloadOf } = await loadPayload()
  return payloadOf(operation, body)
}

/** Builds a request from a record and an input. All that can be refused without asking Atlassian is refused here. */
export async function draft(operation: OperationSpec, input: AnyInput, manner: Manner): Promise<Draft> {
  const path = fillPath(operation, input.path) + fillQuery(operation, input.query)
  const address = addressUnder(manner.base, path)
  const payload = input.body === undefined ? undefined : await written(operation, input.body)
  return { address, fields: fieldsOf(operation, manner, payload), payload }
}
