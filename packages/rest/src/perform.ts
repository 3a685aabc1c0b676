import { attempt, nameOf } from './attempt.ts'
import type { Call, Failed, Tried } from './attempt.ts'
import type { Connection } from './connection.ts'
import { isAtlassianError } from './errors.ts'
import type { AtlassianError } from './errors.ts'
import { cutShort } from './failure.ts'
import type { CallEvent } from './hooks.ts'
import { productOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import type { CallOptions } from './options.ts'
import { orAbort } from './or-abort.ts'
import { draft } from './request.ts'
import type { AnyInput } from './request.ts'
import { mayRepeat, mostRepeats, waitBefore } from './retry.ts'
import { createTimeLimit } from './time-limit.ts'

/** What is asked for, and what to do with the answer. */
export interface Order<Value> extends Pick<Call<Value>, 'finish'> {
  readonly operation: OperationSpec
  readonly input: AnyInput
  readonly options: CallOptions
  /** The value of a DELETE that found nothing left after an attempt of its own that may have been carried out. */
  readonly done?: Value
}

function layOut<Value>(connection: Connection, order: Order<Value>): Call<Value> {
  const { auth, userAgent, language, timeouts, now } = connection
  const { operation, input, options, finish } = order
  const made = draft(operation, input, {
    base: auth.baseUrl(productOf(operation)),
    userAgent,
    ...(language !== undefined && { language }),
    ...(options.headers && { headers: options.headers }),
  })
  const uploads = made.payload !== undefined && 'open' in made.payload
  const total = options.timeoutMs ?? (uploads ? Infinity : timeouts.totalMs)
  return { operation, input, draft: made, signal: options.signal, deadline: now() + total, finish }
}

/** Runs something between two attempts under the call's own limits. */
async function between<Value>(
  connection: Connection,
  { operation, signal, deadline }: Call<unknown>,
  { doubt, run }: { readonly doubt: boolean; readonly run: (signal: AbortSignal) => Value | Promise<Value> },
): Promise<Value> {
  const limit = createTimeLimit(signal)
  try {
    limit.restart(deadline - connection.now())
    return await orAbort(Promise.resolve(run(limit.signal)), limit.signal)
  } catch (error) {
    const end = limit.ended()
    throw end === undefined ? error : cutShort({ operation, doubt }, end, 'held')
  } finally {
    limit.stop()
  }
}

/** Attempts until one succeeds, none may follow, or the time is up. */
async function persist<Value>(
  connection: Connection,
  call: Call<Value>,
  { done, count }: { readonly done: Value | undefined; readonly count: () => number },
): Promise<Value> {
  const { auth, now, observe, random, sleep, timeouts } = connection
  const { operation, input, deadline } = call
  const once = call.draft.payload?.once === true
  let repeats = 0
  let renewed = false
  let doubt = false
  let last: AtlassianError | undefined

  for (;;) {
    const number = count()
    let tried: Tried<Value>
    try {
      tried = await attempt(connection, call, { number, doubt })
    } catch (error) {
      // A hook's refusal of a repetition says less than the attempt whose effect is unknown.
      throw doubt ? last : error
    }
    if (tried.ok) return tried.value
    const { error, sent }: Failed = tried
    if (error.status === 404 && done !== undefined && operation.method === 'DELETE' && doubt) return done
    if (once) throw error
    if (error.code === 'unauthenticated' && !renewed && auth.onUnauthorized !== undefined) {
      renewed = true
      const renew = renewal(connection, call, { number, sent })
      if (await between(connection, call, { doubt, run: renew })) continue
    }
    last = error
    doubt ||= error.outcome === 'unknown'
    if (repeats === mostRepeats || !mayRepeat(error, operation, input)) throw error
    repeats += 1
    const milliseconds = waitBefore(error, repeats, random)
    if (milliseconds > timeouts.longestWaitMs || now() + milliseconds >= deadline) throw error
    observe({
      type: 'wait',
      ...nameOf({ operation, tenant: auth.tenant }),
      attempt: number,
      milliseconds,
      code: error.code,
      ...(error.reason !== undefined && { reason: error.reason }),
    })
    await between(connection, call, { doubt, run: (signal) => sleep(milliseconds, { signal }) })
  }
}

/** Asks the strategy for other credentials. */
function renewal(
  { auth }: Connection,
  { operation }: Call<unknown>,
  { number, sent }: { readonly number: number; readonly sent: Failed['sent'] },
): (signal: AbortSignal) => boolean | Promise<boolean> {
  const product = productOf(operation)
  return (signal) => auth.onUnauthorized?.({ product, operation, attempt: number, signal, sent }) ?? false
}

/** One call from beginning to end. */
export async function perform<Value>(connection: Connection, order: Order<Value>): Promise<Value> {
  const { auth, now, observe } = connection
  const started = now()
  let attempts = 0
  const end = (how: Pick<CallEvent, 'failed' | 'outcome'>): void => {
    const name = nameOf({ operation: order.operation, tenant: auth.tenant })
    observe({ type: 'call', ...name, attempts, milliseconds: now() - started, ...how })
  }
  try {
    const value = await persist(connection, layOut(connection, order), {
      done: order.done,
      count: () => (attempts += 1),
    })
    end({})
    return value
  } catch (error) {
    end(isAtlassianError(error) ? { failed: error.code, outcome: error.outcome } : { failed: 'other' })
    throw error
  }
}
