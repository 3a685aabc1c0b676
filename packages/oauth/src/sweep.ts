import type { Context } from './context.ts'
import { sweepKinds } from './store.ts'

const batch = 500
/** So that instances whose clocks differ do not end each other's grants. */
const slackMs = 600_000

/**
 * Ends grants that lapsed, removes the connections of those that ended without it, and then rows that are over, in
 * batches. Stops between two batches when it is told to.
 */
export async function sweepAll(context: Context, signal?: AbortSignal): Promise<void> {
  const { store, endGrant, now } = context
  await inBatches(signal, async () => {
    const ids = await store.lapsedGrants(now() - slackMs, batch)
    let ended = 0
    for (const id of ids) if (await endGrant(id, 'expired')) ended += 1
    return ended === 0 ? 0 : ids.length
  })
  await inBatches(signal, () => forgetSome(context))
  for (const kind of sweepKinds) await inBatches(signal, () => store.sweep(kind, now(), batch))
}

/** Repeats while whole batches come, and no longer than a signal allows. */
async function inBatches(signal: AbortSignal | undefined, work: () => Promise<number>): Promise<void> {
  for (;;) {
    if (signal?.aborted === true || (await work()) < batch) return
  }
}

/** Removes connections. One that cannot be removed now ends the round, since it would be the first of the next too. */
async function forgetSome({ store, signIn, observe, now }: Context): Promise<number> {
  const ended = await store.unforgottenGrants(now(), batch)
  let failed = false
  for (const { id, reason } of ended) {
    try {
      await signIn.forget(id, reason)
      await store.markForgotten(id)
    } catch (error) {
      failed = true
      observe({ type: 'failed', where: 'signIn.forget', error })
    }
  }
  return failed ? 0 : ended.length
}
