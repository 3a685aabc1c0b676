import type { Call, Failed, Tried } from './attempt.ts'
import type { Connection } from './connection.ts'
import { cutShort } from './failure.ts'
import { productOf } from './operation.ts'
import { orAbort } from './or-abort.ts'
import { mayRepeat, mostRepeats, waitBefore } from './retry.ts'
import { createTimeLimit } from './time-limit.ts'
import { wait } from './wait.ts'

/** What has happened so far, and what has to be known to go on. */
interface Course<Value> {
  readonly first: Failed
  /** Makes another attempt. `doubt`: an earlier one may have been carried out. */
  readonly again: (doubt: boolean) => Promise<Tried<Value>>
  /** The value of a DELETE that finds nothing left after an attempt of its own. */
  readonly done: Value | undefined
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
    return await orAbort(run(limit.signal), limit.signal)
  } catch (error) {
    const end = limit.ended()
    throw end === undefined ? error : cutShort({ operation, doubt }, end, 'held')
  } finally {
    limit.stop()
  }
}

/** Asks the strategy for other credentials than those of the failed attempt. */
function renew(
  connection: Connection,
  call: Call<unknown>,
  { number, sent, doubt }: Failed & { readonly doubt: boolean },
): Promise<boolean> {
  const { auth } = connection
  const { operation } = call
  const context = { product: productOf(operation), operation, attempt: number, sent }
  return between(connection, call, {
    doubt,
    run: (signal) => auth.onUnauthorized?.({ ...context, signal }) ?? false,
  })
}

/** A failed attempt that may be followed by another. */
interface Setback extends Failed {
  readonly doubt: boolean
  /** Counts from 1. */
  readonly repeat: number
}

/** Waits before a repetition, or throws the error when there may be none, or is no time for it. */
async function pause(connection: Connection, call: Call<unknown>, setback: Setback): Promise<void> {
  const { now, random, sleep = wait, timeouts } = connection
  const { operation, input, deadline, watch } = call
  const { error, number, repeat, doubt } = setback
  if (repeat > mostRepeats || !mayRepeat(error, operation, input)) throw error
  const milliseconds = waitBefore(error, repeat, random)
  if (milliseconds > timeouts.longestWaitMs || now() + milliseconds >= deadline) throw error
  watch?.waits(number, error, milliseconds)
  await between(connection, call, { doubt, run: (signal) => sleep(milliseconds, { signal }) })
}

/** Goes on after a failed attempt: until one succeeds, none may follow, or the time is up. */
export async function recover<Value>(
  connection: Connection,
  call: Call<Value>,
  { first, again, done }: Course<Value>,
): Promise<Value> {
  const { operation, draft } = call
  let failed = first
  let repeats = 0
  let mayRenew = connection.auth.onUnauthorized !== undefined
  /** An attempt so far may have been carried out. */
  let doubt = false

  for (;;) {
    const { error } = failed
    if (error.status === 404 && done !== undefined && operation.method === 'DELETE' && doubt) return done
    if (draft.payload?.once === true) throw error
    const unauthenticated = mayRenew && error.code === 'unauthenticated'
    if (unauthenticated) mayRenew = false
    if (!unauthenticated || !(await renew(connection, call, { ...failed, doubt }))) {
      doubt ||= error.outcome === 'unknown'
      repeats += 1
      await pause(connection, call, { ...failed, doubt, repeat: repeats })
    }
    let tried: Tried<Value>
    try {
      tried = await again(doubt)
    } catch (thrown) {
      // A hook's refusal of a repetition says less than an attempt whose effect is unknown.
      throw doubt ? error : thrown
    }
    if (tried.ok) return tried.value
    failed = tried
  }
}
