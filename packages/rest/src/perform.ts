import { attempt } from './attempt.ts'
import type { Call, Tried } from './attempt.ts'
import type { Connection } from './connection.ts'
import { effectOf, productOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import type { CallOptions } from './options.ts'
import { loadFailing, loadWatch } from './parts.ts'
import { refusing } from './refusal.ts'
import { draft } from './request.ts'
import type { AnyInput } from './request.ts'
import type { Watch } from './watch.ts'

/** What is asked for, and what to do with the answer. */
export interface Order<Value> extends Pick<Call<Value>, 'finish'> {
  readonly operation: OperationSpec
  readonly input: AnyInput
  readonly options: CallOptions
  /** The value of a DELETE that found nothing left after an attempt of its own that may have been carried out. */
  readonly done?: Value
}

async function layOut<Value>(
  connection: Connection,
  order: Order<Value>,
  watch: Watch | undefined,
): Promise<Call<Value>> {
  const { timeouts, now } = connection
  const { operation, input, options, finish } = order
  const base = connection.auth.baseUrl(productOf(operation))
  const made = await draft(operation, input, { ...connection, base, headers: options.headers })
  const uploads = made.payload !== undefined && 'stream' in made.payload
  const total = options.timeoutMs ?? (uploads ? Infinity : timeouts.totalMs)
  return { operation, input, draft: made, signal: options.signal, deadline: now() + total, watch, finish }
}

/** One call from beginning to end. */
export async function perform<Value>(connection: Connection, order: Order<Value>): Promise<Value> {
  const { auth, now, observe } = connection
  const { operation, done } = order
  const { tenant } = auth
  const watch = observe && (await loadWatch()).watchCall(observe, { operation, tenant, now })
  let attempts = 0

  async function run(): Promise<Value> {
    const call = await layOut(connection, order, watch)
    const again = (doubt: boolean): Promise<Tried<Value>> =>
      attempt(connection, call, { number: (attempts += 1), doubt })
    // The outcome of a write has to be told in any case, so what tells it is at hand before the write is sent.
    if (effectOf(operation) !== 'read') await loadFailing()
    const first = await again(false)
    if (first.ok) return first.value
    const { recover } = await loadFailing()
    return recover(connection, call, { first, again, done })
  }

  const told = (): Promise<Value> => refusing(operation, run)
  return watch === undefined ? told() : watch.over(told, () => attempts)
}
