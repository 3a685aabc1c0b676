import type { Operation, OperationSpec } from './operation.ts'
import type { CallOptions } from './options.ts'
import { loadFailing } from './parts.ts'

interface RawData {
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** Input and options of a request without a record. */
export interface RawOptions extends CallOptions {
  readonly query?: Readonly<Record<string, unknown>>
  /** Sent as JSON. */
  readonly body?: unknown
}

const plainPath = /^[\w.~!$&'()*+,;=:@%/-]+$/
/** Dots, slashes and a NUL that hide behind an escape, and what looks like an address with a host. */
const hidden = /%(?:2e|2f|5c|00)|\/\//i

/** A record for a path that stands for itself. */
export async function rawOperation(
  method: OperationSpec['method'],
  path: string,
): Promise<Operation<RawData, unknown>> {
  const operation = {
    id: 'raw',
    method,
    path: path.startsWith('/') ? path : `/${path}`,
    res: 'empty',
    scopes: {},
  } as const
  if (plainPath.test(path) && !hidden.test(path)) return operation
  const { refused } = await loadFailing()
  throw refused(
    { ...operation, path: '/' },
    'The path holds what no path holds. Give query parameters as query.',
  )
}
