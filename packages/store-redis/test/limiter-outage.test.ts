import type { Rule } from '@telamon/rate-limiter'
import { createLimiter, isLimitError } from '@telamon/rate-limiter'
import { describe, expect, it, vi } from 'vitest'

import { layWire } from './proxy.ts'
import { freshPrefix, isAway, openStore } from './redis.ts'

const rule = (fail: Rule['fail']): Rule => ({
  name: fail,
  kind: 'rolling',
  unit: 'requests',
  per: fail,
  limit: 40,
  burst: 20,
  // So long that nothing comes back while a test runs.
  window: 36_000,
  fail,
})
const rules = [rule('open'), rule('closed'), rule('local')]

/** Two processes, as far as the store can tell, behind one wire. */
async function openBoth() {
  const wire = await layWire()
  const prefix = freshPrefix()
  const limiters = await Promise.all(
    [0, 1].map(async () => {
      const { limiter: store } = await openStore({ url: wire.url, prefix, timeoutMs: 1000 })
      return createLimiter({ rules, store, instances: 2, patience: 1000 })
    }),
  )
  const ask = async (mode: Rule['fail']): Promise<number> => {
    const turns = limiters.flatMap((limiter) =>
      Array.from({ length: 30 }, () =>
        limiter.acquire([`${mode}:all`], { deadline: Date.now() + 5000 }).then(
          () => 1,
          (error: unknown) => {
            if (!isLimitError(error)) throw error
            return 0
          },
        ),
      ),
    )
    return (await Promise.all(turns)).reduce((sum: number, passed) => sum + passed, 0)
  }
  return { wire, limiters, ask }
}

describe.skipIf(isAway)('counters behind a wire that is cut', { timeout: 120_000 }, () => {
  it('fail as each rule says, and are one again when it is mended', async () => {
    const { wire, limiters, ask } = await openBoth()
    await limiters[0]?.acquire(['closed:all'])
    await wire.cut()
    // Who asks first finds out.
    await Promise.all(limiters.map((limiter) => limiter.acquire(['open:first'])))
    expect(await ask('open')).toBe(60)
    expect(await ask('closed')).toBe(0)
    // Each of the two spends as if the other did the same.
    expect(await ask('local')).toBe(20)
    await wire.mend()
    // Nineteen of twenty are left: together they get those, and not one more.
    let granted = 1
    await vi.waitFor(async () => {
      granted += await ask('closed')
      expect(granted).toBe(20)
    }, 30_000)
    expect(await ask('closed')).toBe(0)
    // What was granted alone meanwhile has been told.
    expect(await ask('local')).toBe(0)
  })
})
