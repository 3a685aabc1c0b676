import { effectOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import type { Payload } from './payload.ts'
import { Refusal } from './refusal.ts'
import type { Fields, Manner } from './request.ts'

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

/** What the fields of a request are made of. */
interface Origins extends Pick<Manner, 'headers' | 'language' | 'userAgent'> {
  /** Those that each request has. */
  readonly plain: Fields
  readonly payload: Payload | undefined
}

/** All fields of a request but its credentials, by their names in lower case. */
export function fieldsOf(operation: OperationSpec, origins: Origins): Fields {
  const { plain, payload, userAgent, language, headers } = origins
  return {
    ...plain,
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
