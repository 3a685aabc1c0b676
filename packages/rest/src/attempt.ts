import type { Connection } from './connection.ts'
import type { AtlassianError } from './errors.ts'
import type { Stage, Standing } from './failure.ts'
import type { Attempt, PendingAttempt } from './hooks.ts'
import { productOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import { loadFailing, loadTransport } from './parts.ts'
import { discard } from './read-text.ts'
import type { AnyInput, Draft } from './request.ts'
import { createTimeLimit } from './time-limit.ts'
import type { TimeLimit } from './time-limit.ts'
import type { Transport } from './transport.ts'
import type { Watch } from './watch.ts'

/** One call, laid out before its first attempt. */
export interface Call<Value> {
  readonly operation: OperationSpec
  readonly input: AnyInput
  readonly draft: Draft
  readonly signal: AbortSignal | undefined
  /** When all must be over, in milliseconds since 1970; `Infinity` for never. */
  readonly deadline: number
  /** Absent: nobody watches. */
  readonly watch: Watch | undefined
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
  /** Counts from 1. */
  readonly number: number
  readonly error: AtlassianError
  readonly sent: Credentials
}

/** What became of an attempt. What hooks and strategies throw is thrown on as it is. */
export type Tried<Value> = { readonly ok: true; readonly value: Value } | Failed

/** Asks the hooks for leave, then the strategy. */
async function admitted({ hooks, auth }: Connection, pending: PendingAttempt): Promise<Credentials> {
  const { operation, attempt: number, signal } = pending
  for (const { beforeRequest } of hooks) {
    await beforeRequest?.(pending)
    signal.throwIfAborted()
  }
  return auth.headers({ product: productOf(operation), operation, attempt: number, signal })
}

/** Sends a draft. The credentials are set last, so that no option can put others in their place. */
function send(
  connection: Connection,
  { draft, operation, deadline }: Pick<Call<unknown>, 'draft' | 'operation' | 'deadline'>,
  {
    transport,
    sent,
    limit,
  }: { readonly transport: Transport; readonly sent: Credentials; readonly limit: TimeLimit },
): Promise<Response> {
  const { address, fields: unsigned, payload } = draft
  const { attemptMs, idleMs } = connection.timeouts
  const allow = (milliseconds: number): void =>
    limit.restart(Math.min(milliseconds, deadline - connection.now()))
  const fields = { ...unsigned }
  for (const [name, value] of Object.entries(sent)) fields[name.toLowerCase()] = value
  allow(payload !== undefined && 'stream' in payload ? idleMs : attemptMs)
  const answer = transport(connection.fetch, {
    address,
    method: operation.method,
    fields,
    payload,
    signal: limit.signal,
    onProgress: (finished) => allow(finished ? attemptMs : idleMs),
  })
  return limit.race(answer, discard)
}

/** One attempt, from leave to value. */
export async function attempt<Value>(
  connection: Connection,
  call: Call<Value>,
  { number, doubt }: { readonly number: number; readonly doubt: boolean },
): Promise<Tried<Value>> {
  const { auth, hooks, now } = connection
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
    sent = await limit.race(admitted(connection, { ...about, deadline, signal: limit.signal }))
    const { transport } = await limit.race(loadTransport())
    theirs = false
    stage = 'sent'
    started = now()
    response = await send(connection, call, { transport, sent, limit })
    stage = 'answered'
    theirs = true
    const { status, headers } = response
    for (const { afterResponse } of hooks)
      afterResponse?.({ ...about, status, headers, milliseconds: now() - started })
    theirs = false
    if (status >= 400) {
      const { refusal } = await loadFailing()
      const error = await refusal(standing, response, { now: now(), signal: limit.signal })
      return { ok: false, number, error, sent }
    }
    const answered = { response, draft: call.draft, standing, limit, keep: () => void (kept = true) }
    return { ok: true, value: await limit.race(call.finish(answered)) }
  } catch (error) {
    const end = limit.ended()
    if (theirs && end === undefined) throw error
    const { failureOf } = await loadFailing()
    const how = { end, stage, status: response?.status, thrown: theirs ? undefined : error }
    return { ok: false, number, error: failureOf(standing, how), sent }
  } finally {
    if (!kept) limit.stop()
    if (stage !== 'held') call.watch?.attempted(number, response, now() - started)
  }
}
