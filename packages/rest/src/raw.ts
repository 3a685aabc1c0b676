import type { Operation, OperationSpec } from './operation.ts'
import { refused } from './refused.ts'

/** The input of a request without a record. */
export interface RawInput {
  readonly query?: Readonly<Record<string, unknown>>
  /** Sent as JSON. */
  readonly body?: unknown
}

const plainPath = /^[\w.~!$&'()*+,;=:@%/-]+$/
/** Dots, slashes and a NUL that hide behind an escape. */
const hidden = /%(?:2e|2f|5c|00)/i

/** A record for a path that stands for itself. */
export function rawOperation(method: OperationSpec['method'], path: string): Operation<RawInput, unknown> {
  const operation = { id: 'raw', method, path: path.startsWith('/') ? path : `/${path}`, scopes: {} }
  if (plainPath.test(path) && !hidden.test(path)) return operation
  throw refused(
    { ...operation, path: '/' },
    'The path holds what no path holds. Give query parameters as query.',
  )
}
