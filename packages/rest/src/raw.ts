import type { OperationSpec } from './operation.ts'
import type { CallOptions } from './options.ts'
import type { Question } from './pages/paging.ts'
import { loadFailing } from './parts.ts'

/** Input and options of a request without a record. */
export interface RawOptions extends CallOptions {
  readonly query?: Readonly<Record<string, unknown>>
  /** Sent as JSON. */
  readonly body?: unknown
}

const plainPath = /^[\w.~!$&'()*+,;=:@%/-]+$/
/** Dots, slashes and a NUL that hide behind an escape, and what looks like an address with a host. */
const hidden = /%(?:2e|2f|5c|00)|\/\//i

/** What is asked for without a record. */
type RawRequest = Pick<OperationSpec, 'method' | 'path'>

/** A record for a path that stands for itself. */
async function recordFor({ method, path }: RawRequest): Promise<OperationSpec> {
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

/** Asks for a path. */
export async function raw(ask: Question, request: RawRequest, options: RawOptions = {}): Promise<unknown> {
  const { query = {}, body, ...callOptions } = options
  const { answer } = await ask({ operation: await recordFor(request), input: { query, body } }, callOptions)
  return answer
}
