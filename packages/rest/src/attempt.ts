import type { Connection } from './connection.ts'
import { AtlassianError } from './errors.ts'
import { broken, cutShort, refusal, traceOf } from './failure.ts'
import type { Stage, Standing } from './failure.ts'
import type { Attempt, Named } from './hooks.ts'
import { productOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import { orAbort } from './or-abort.ts'
import { discard } from './read-text.ts'
import type { AnyInput, Draft } from './request.ts'
import { createTimeLimit } from './time-limit.ts'
import type { TimeLimit } from './time-limit.ts'

/** One call, laid out before its first attempt. */
export interface Call<Value> {
  readonly operation: OperationSpec
  readonly input: AnyInput
  readonly draft: Draft
  readonly signal: AbortSignal | undefined
  /** When all must be over, in milliseconds since 1970; `Infinity` for never. */
  readonly deadline: number
  /** Makes the value out of an answer below 400. */
  readonly finish: (answered: Answered) => Promise<Value>
}

/** An answer below 400 whose body is still to be read. */
export interface Answered {
  readonly response: Response
  /** What was sent, without the credentials. */
  readonly draft: Draft
  readonly standing: Standing
  readonly limit: TimeLimit
  /** Leaves the time limit running when the attempt is over. Whoever calls it stops the limit. */
  readonly keep: () => void
}

/** The header fields of the strategy. */
type Credentials = Readonly<Record<string, string>>

/** An attempt without success, and the credentials it went with. */
export interface Failed {
  readonly ok: false
  readonly error: AtlassianError
  readonly sent: Credentials
}

/** What became of an attempt. What hooks and strategies throw is thrown on as it is. */
export type Tried<Value> = { readonly ok: true; readonly value: Value } | Failed

/** Asks the hooks for leave and the strategy for credentials. Both may wait; neither longer than the call has time. */
async function sign(
  connection: Connection,
  about: Attempt,
  { deadline, signal }: { readonly deadline: number; readonly signal: AbortSignal },
): Promise<Credentials> {
  for (const { beforeRequest } of connection.hooks) {
    if (beforeRequest !== undefined)
      await orAbort(Promise.resolve(beforeRequest({ ...about, signal, deadline })), signal)
  }
  const { operation, attempt: number } = about
  const context = { product: productOf(operation), operation, attempt: number, signal }
  return orAbort(Promise.resolve(connection.auth.headers(context)), signal)
}

/** Sends a draft. The credentials are set last, so that no option can put others in their place. */
function send(
  connection: Connection,
  call: Pick<Call<unknown>, 'draft' | 'operation' | 'deadline'>,
  { sent, limit }: { readonly sent: Credentials; readonly limit: TimeLimit },
): Promise<Response> {
  const { address, headers: unsigned, payload } = call.draft
  const { attemptMs, idleMs } = connection.timeouts
  const allow = (milliseconds: number): void =>
    limit.restart(Math.min(milliseconds, call.deadline - connection.now()))
  const headers = new Headers(unsigned)
  for (const [name, value] of Object.entries(sent)) headers.set(name, value)
  allow(payload !== undefined && 'open' in payload ? idleMs : attemptMs)
  const answer = connection.transport({
    address,
    method: call.operation.method,
    headers,
    payload,
    signal: limit.signal,
    onProgress: (finished) => allow(finished ? attemptMs : idleMs),
  })
  return orAbort(answer, limit.signal, discard)
}

/** One attempt, from leave to value. */
export async function attempt<Value>(
  connection: Connection,
  call: Call<Value>,
  { number, doubt }: { readonly number: number; readonly doubt: boolean },
): Promise<Tried<Value>> {
  const { auth, hooks, now, observe } = connection
  const { operation, input, deadline } = call
  const standing: Standing = { operation, doubt }
  const about: Attempt = { operation, input, tenant: auth.tenant, attempt: number }
  const limit = createTimeLimit(call.signal)
  let stage: Stage = 'held'
  let response: Response | undefined
  let sent: Credentials = {}
  let started = now()
  /** While a hook or the strategy has the word, what is thrown is theirs. */
  let theirs = true
  let kept = false

  try {
    limit.restart(deadline - started)
    sent = await sign(connection, about, { deadline, signal: limit.signal })
    theirs = false
    stage = 'sent'
    started = now()
    response = await send(connection, call, { sent, limit })
    stage = 'answered'
    theirs = true
    const { status, headers } = response
    for (const { afterResponse } of hooks)
      afterResponse?.({ ...about, status, headers, milliseconds: now() - started })
    theirs = false
    if (status >= 400) {
      const error = await refusal(standing, response, { now: now(), signal: limit.signal })
      return { ok: false, error, sent }
    }
    const answered = { response, draft: call.draft, standing, limit, keep: () => void (kept = true) }
    return { ok: true, value: await orAbort(call.finish(answered), limit.signal) }
  } catch (error) {
    const end = limit.ended()
    if (theirs && end === undefined) throw error
    if (!theirs && error instanceof AtlassianError) return { ok: false, error, sent }
    const failure =
      end === undefined ? broken(standing, error, response?.status) : cutShort(standing, end, stage)
    return { ok: false, error: failure, sent }
  } finally {
    if (!kept) limit.stop()
    if (stage !== 'held') {
      observe({
        type: 'attempt',
        ...nameOf(about),
        attempt: number,
        status: response?.status ?? 0,
        milliseconds: now() - started,
        ...(response && traceOf(response.headers)),
      })
    }
  }
}

/** What each event says about its call. */
export function nameOf({ operation, tenant }: Pick<Attempt, 'operation' | 'tenant'>): Named {
  const { id: operationId, method, path } = operation
  return { operationId, method, path, product: productOf(operation), tenant }
}
