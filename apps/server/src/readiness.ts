/** How long an answer counts, in milliseconds. Probes come every few seconds, from several sides. */
const lifeMs = 15_000

/**
 * Asks no more often than every 15 seconds, however often it is asked. A good answer is kept, so that probes cost the
 * store nothing; while the store is away, or keys are missing, each probe finds out anew.
 */
export function createReadiness(
  ask: () => Promise<boolean>,
  now: () => number = Date.now,
): () => Promise<boolean> {
  let goodUntil = 0
  let asking: Promise<boolean> | undefined
  return async () => {
    if (now() < goodUntil) return true
    asking ??= ask().finally(() => {
      asking = undefined
    })
    const good = await asking
    if (good) goodUntil = now() + lifeMs
    return good
  }
}
