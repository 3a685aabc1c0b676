import { describe, expect, it } from 'vitest'

import type { LimiterStore, Rule } from '../src/index.ts'
import { createLimiter, createMemoryLimiterStore } from '../src/index.ts'
import { createHandClock } from '../src/testing/index.ts'
import { perSite, perUser } from './rules.ts'

const noon = Date.UTC(2026, 0, 1, 12)

async function broken(): Promise<never> {
  throw new Error('connection refused')
}

/** Two limiters, as of two processes, over one store. */
function pair(rules: readonly Rule[], change: Partial<LimiterStore> = {}) {
  const clock = createHandClock(noon)
  const store = { ...createMemoryLimiterStore(), ...change }
  const make = () => createLimiter({ rules, store, ...clock })
  return { clock, store, here: make(), there: make() }
}

describe('a limiter with a shared store', () => {
  it('asks it for every turn, so that two processes never exceed one limit', async () => {
    const { here, there, clock } = pair([perSite])
    const turns = Array.from({ length: 8 }, (_, index) =>
      (index % 2 === 0 ? here : there).acquire(['site:s'], { deadline: clock.now() + 1000 }),
    )
    const results = await Promise.allSettled(turns)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
      code: 'late',
      violated: ['site-hour'],
    })
  })

  it('waits for as long as the store says, and asks again', async () => {
    const { here, there, clock } = pair([perUser])
    for (let turn = 0; turn < 4; turn += 1) await there.acquire(['user:a'])
    const turn = here.acquire(['user:a']).then(() => clock.monotonic())
    await clock.advance(1000)
    expect(await turn).toBeGreaterThanOrEqual(166)
    expect(await turn).toBeLessThanOrEqual(170)
  })

  it('decides at once from what it knows, and learns within 200 ms of that what others had spent', async () => {
    const { here, there, clock } = pair([perSite])
    expect(here.tryTake(['site:s'], 4)).toBe(0)
    expect(there.tryTake(['site:s'])).toBe(0)
    await clock.advance(200)
    expect(there.tryTake(['site:s'])).toBeGreaterThan(0)
    expect(there.budget('site:s')).toMatchObject([{ remaining: 0 }])
  })

  it('shares pauses', async () => {
    const { here, there, clock } = pair([perSite])
    here.pause('site:s', 5000)
    await expect(there.acquire(['site:s'], { deadline: clock.now() + 1000 })).rejects.toMatchObject({
      violated: ['paused'],
    })
  })

  it('gives a turn back that was aborted on its way', async () => {
    const controller = new AbortController()
    const { store, here, clock } = pair([perSite])
    const turn = here.acquire(['site:s'], { signal: controller.signal })
    controller.abort()
    await expect(turn).rejects.toThrow('aborted')
    await here.flush()
    const gate = { id: 'site:s|site-hour', kind: 'calendar', limit: 5, window: 3_600_000 } as const
    expect(await store.settle([{ gate, cost: 0 }], clock.now())).toEqual([0])
    expect(here.budget('site:s')).toMatchObject([{ remaining: 5 }])
  })

  it('keeps deciding alone while the store is away, where the rule allows it', async () => {
    const { here } = pair([perUser, { ...perSite, fail: 'closed' }], {
      take: broken,
      settle: broken,
      pause: broken,
    })
    await here.acquire(['user:a'])
    expect(here.budget('user:a')).toMatchObject([{ remaining: 3 }])
    here.pause('user:b', 10)
    await expect(here.acquire(['site:s'], { deadline: noon + 100 })).rejects.toMatchObject({ code: 'late' })
    expect(here.take(['site:s'])).toMatchObject({ ok: false, violated: ['site-hour'] })
  })

  it('refuses a turn under a closed rule when the store is found away, and charges nothing', async () => {
    const { here, clock } = pair([{ ...perSite, fail: 'closed' }], {
      take: () => new Promise(() => {}),
    })
    const refusal = here.acquire(['site:s']).catch((error: unknown) => error)
    await clock.advance(50)
    expect(await refusal).toMatchObject({ code: 'store', retryAfterMs: 1000 })
    expect(here.budget('site:s')).toMatchObject([{ remaining: 5 }])
  })

  it('asks again after a moment, and tells then what it had decided alone', async () => {
    const memory = createMemoryLimiterStore()
    let away = true
    const settle: LimiterStore['settle'] = async (...question) => {
      if (away) throw new Error('connection refused')
      return memory.settle(...question)
    }
    const { here, clock } = pair([perSite], { settle })
    here.tryTake(['site:s'], 2)
    await clock.advance(200)
    away = false
    await clock.advance(1000)
    here.tryTake(['site:s'])
    await clock.advance(200)
    const gate = { id: 'site:s|site-hour', kind: 'calendar', limit: 5, window: 3_600_000 } as const
    expect(await memory.settle([{ gate, cost: 0 }], clock.now())).toEqual([3])
    expect(clock.sleepers()).toBe(0)
  })
})
