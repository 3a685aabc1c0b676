import { addressUnder, fillPlainPath, fillQuery } from './address.ts'
import { effectOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import { loadWriting } from './parts.ts'
import type { Payload } from './payload.ts'

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

/** Whether a request needs no other fields than the two that each has. */
function isPlain(operation: OperationSpec, { body }: AnyInput, { headers, language }: Manner): boolean {
  const rare = operation.experimental ?? headers ?? language ?? body
  return rare === undefined && effectOf(operation) === 'read'
}

/** Builds a request from a record and an input. All that can be refused without asking Atlassian is refused here. */
export async function draft(operation: OperationSpec, input: AnyInput, manner: Manner): Promise<Draft> {
  const path = fillPlainPath(operation, input.path) ?? (await loadWriting()).fillPath(operation, input.path)
  const address = addressUnder(manner.base, path + fillQuery(operation, input.query))
  const plain = {
    accept: operation.res === 'binary' ? '*/*' : 'application/json',
    'user-agent': manner.userAgent,
  }
  if (isPlain(operation, input, manner)) return { address, fields: plain, payload: undefined }
  const { fieldsOf, payloadOf } = await loadWriting()
  const payload = await payloadOf(operation, input.body)
  return { address, fields: fieldsOf(operation, { ...manner, plain, payload }), payload }
}
