import type { BridgeErrorCode } from './bridge-error.ts'
import { BridgeError, isBridgeError } from './bridge-error.ts'
import type { Request } from './message.ts'
import { errorOf, resultOf } from './message.ts'
import { HttpError } from './network/http-error.ts'

/** What a host needs to know of an error: a code of ours (outside JSON-RPC's range), and whether anything was done. */
interface Problem {
  readonly code: number
  readonly executed: 'no' | 'unknown'
}

const problems: Readonly<Record<BridgeErrorCode, Problem>> = {
  unreachable: { code: -31_001, executed: 'no' },
  outcome_unknown: { code: -31_002, executed: 'unknown' },
  sign_in_required: { code: -31_003, executed: 'no' },
  sign_in_failed: { code: -31_004, executed: 'no' },
  refused: { code: -31_005, executed: 'no' },
  busy: { code: -31_006, executed: 'no' },
  unusable_answer: { code: -31_007, executed: 'unknown' },
  too_large: { code: -31_008, executed: 'unknown' },
  unsupported: { code: -31_009, executed: 'no' },
  not_stored: { code: -31_010, executed: 'no' },
  closing: { code: -31_011, executed: 'no' },
}

/** Codes that a person can do something about: a model is told as the result of its call. */
const forPeople: ReadonlySet<BridgeErrorCode> = new Set(['sign_in_required', 'sign_in_failed'])

/** Turns what went wrong into the one answer a request gets. */
export function problemAnswer(request: Request, error: unknown): Buffer {
  const problem = asBridgeError(error)
  if (request.method === 'tools/call' && forPeople.has(problem.code)) {
    const content = [{ type: 'text', text: problem.message }]
    return resultOf(request.id, JSON.stringify({ resultType: 'complete', content, isError: true }))
  }
  const { code, executed } = problems[problem.code]
  const { url, retryAfterMs } = problem
  return errorOf(request.id, {
    code,
    message: problem.message,
    data: { reason: problem.code, executed, ...(url && { url }), ...(retryAfterMs && { retryAfterMs }) },
  })
}

/** An error of ours as it is, and a broken connection as one; a fault of the bridge itself without its details. */
export function asBridgeError(error: unknown): BridgeError {
  if (isBridgeError(error)) return error
  if (error instanceof HttpError) {
    const code = error.code === 'unreachable' ? 'unreachable' : 'outcome_unknown'
    return new BridgeError(code, error.message, { cause: error })
  }
  const message =
    'The proxy failed within itself. Whether the request was carried out is not known: look before repeating it.'
  return new BridgeError('outcome_unknown', message, { cause: error })
}
