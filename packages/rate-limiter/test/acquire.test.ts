import { describe, expect, it } from 'vitest'

import type { AcquireOptions, LimitKey, Rule } from '../src/index.ts'
import { createLimiter, isLimitError } from '../src/index.ts'
import type { HandClock } from '../src/testing/index.ts'
import { createHandClock } from '../src/testing/index.ts'
import { perUser } from './rules.ts'

/** One call each 100 ms, after the first. */
const steady: Rule = {
  name: 'site-steady',
  kind: 'rolling',
  unit: 'points',
  per: 'site',
  limit: 101,
  burst: 1,
  window: 10,
  fail: 'local',
}

interface Ask extends AcquireOptions {
  readonly name: string
  readonly keys?: readonly LimitKey[]
}

/** A limiter, its clock, and a record of who got through when. */
function scene(rules: readonly Rule[] = [steady], clock: HandClock = createHandClock()) {
  const limiter = createLimiter({ rules, ...clock })
  const log: string[] = []
  const ask = async ({ name, keys = ['site:s'], ...options }: Ask): Promise<void> => {
    try {
      await limiter.acquire(keys, options)
      log.push(`${name}@${clock.monotonic()}`)
    } catch (error) {
      log.push(`${name}!${isLimitError(error) ? error.code : 'aborted'}@${clock.monotonic()}`)
    }
  }
  return { limiter, clock, log, ask }
}

describe('waiting for a turn', () => {
  it('does not wait, and keeps no timer, while there is room', async () => {
    const { ask, log, clock } = scene([perUser])
    await ask({ name: 'a', keys: ['user:a'] })
    expect(log).toEqual(['a@0'])
    expect(clock.sleepers()).toBe(0)
  })

  it('lets callers through one by one as units come back', async () => {
    const { ask, log, clock } = scene()
    for (const name of ['a', 'b', 'c']) void ask({ name })
    await clock.advance(150)
    expect(log).toEqual(['a@0', 'b@100'])
    await clock.advance(100)
    expect(log).toEqual(['a@0', 'b@100', 'c@200'])
    expect(clock.sleepers()).toBe(0)
  })

  it('gives persons turns, so that a heavy one does not hold a light one back', async () => {
    const { ask, log, clock } = scene()
    for (let turn = 1; turn <= 20; turn += 1) void ask({ name: `heavy${turn}`, person: 'heavy' })
    void ask({ name: 'light1', person: 'light' })
    void ask({ name: 'light2', person: 'light' })
    await clock.advance(10_000)
    expect(log.slice(0, 6)).toEqual([
      'heavy1@0',
      'heavy2@100',
      'light1@200',
      'heavy3@300',
      'light2@400',
      'heavy4@500',
    ])
    expect(log).toHaveLength(22)
  })

  it('gives persons the same cost, not the same number of calls', async () => {
    const points: Rule = { ...steady, limit: 110, burst: 10 }
    const { ask, log, clock } = scene([points])
    for (let turn = 0; turn < 30; turn += 1) void ask({ name: 'dear', person: 'dear', cost: { points: 10 } })
    for (let turn = 0; turn < 300; turn += 1) void ask({ name: 'cheap', person: 'cheap' })
    await clock.advance(20_000)
    const dear = log.filter((entry) => entry.startsWith('dear')).length * 10
    const cheap = log.filter((entry) => entry.startsWith('cheap')).length
    expect(dear / cheap).toBeGreaterThan(0.8)
    expect(dear / cheap).toBeLessThan(1.25)
  })

  it('lets another lane of the same person overtake one whose gate is shut', async () => {
    const { ask, log, clock } = scene([steady, { ...steady, per: 'operation' }])
    void ask({ name: 'first', keys: ['operation:slow'], lane: 'slow' })
    void ask({ name: 'second', keys: ['operation:slow'], lane: 'slow' })
    void ask({ name: 'other', keys: ['operation:fast'], lane: 'fast' })
    await clock.advance(0)
    expect(log).toEqual(['first@0', 'other@0'])
    await clock.advance(100)
    expect(log).toEqual(['first@0', 'other@0', 'second@100'])
  })

  it('serves a person before a batch, and the batch does not starve', async () => {
    const { ask, log, clock } = scene()
    for (let turn = 0; turn < 5; turn += 1) void ask({ name: 'batch', priority: 'background' })
    for (let turn = 0; turn < 30; turn += 1) void ask({ name: 'person', priority: 'interactive' })
    await clock.advance(2400)
    const order = log.map((entry) => entry.split('@')[0])
    expect(order.slice(0, 3)).toEqual(['batch', 'person', 'person'])
    expect(order.slice(1, 25).filter((name) => name === 'batch')).toHaveLength(3)
  })

  it('refuses at once what cannot come before its deadline, and says when it could', async () => {
    const { ask, log, clock, limiter } = scene()
    await ask({ name: 'a' })
    await ask({ name: 'late', deadline: clock.now() + 50 })
    expect(log).toEqual(['a@0', 'late!late@0'])
    await expect(limiter.acquire(['site:s'], { deadline: clock.now() + 50 })).rejects.toMatchObject({
      code: 'late',
      violated: ['site-steady'],
    })
    await ask({ name: 'never', cost: 5 })
    expect(log.at(-1)).toBe('never!never@0')
  })

  it('refuses at its deadline a caller whose turn did not come, wherever in the queue', async () => {
    const { ask, log, clock } = scene()
    for (const name of ['a', 'b', 'c', 'd']) void ask({ name })
    void ask({ name: 'impatient', deadline: clock.now() + 150 })
    await clock.advance(149)
    expect(log).toEqual(['a@0', 'b@100'])
    await clock.advance(1)
    expect(log).toEqual(['a@0', 'b@100', 'impatient!late@150'])
    await clock.advance(1000)
    expect(log.slice(3)).toEqual(['c@200', 'd@300'])
  })

  it('lets an aborted caller go, and the next one takes its turn', async () => {
    const { ask, log, clock } = scene()
    const controller = new AbortController()
    void ask({ name: 'a' })
    void ask({ name: 'gone', signal: controller.signal })
    void ask({ name: 'b' })
    await clock.advance(50)
    controller.abort()
    await clock.advance(50)
    expect(log).toEqual(['a@0', 'gone!aborted@50', 'b@100'])
    await ask({ name: 'never', signal: controller.signal })
    expect(log.at(-1)).toBe('never!aborted@100')
    expect(clock.sleepers()).toBe(0)
  })

  it('rejects with the reason of the signal', async () => {
    const { limiter } = scene()
    const reason = new Error('enough')
    await expect(limiter.acquire(['site:s'], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    await expect(limiter.acquire(['site:s'], { signal: AbortSignal.abort('word') })).rejects.toMatchObject({
      cause: 'word',
    })
  })

  it('holds callers back for a pause, also those who wait already', async () => {
    const { ask, log, clock, limiter } = scene()
    void ask({ name: 'a' })
    void ask({ name: 'b' })
    await clock.advance(50)
    limiter.pause('site:s', 500)
    await clock.advance(499)
    expect(log).toEqual(['a@0'])
    await clock.advance(1)
    expect(log).toEqual(['a@0', 'b@550'])
  })

  it('refuses more callers than may wait', async () => {
    const clock = createHandClock()
    const limiter = createLimiter({ rules: [steady], maxWaiting: 1, ...clock })
    await limiter.acquire(['site:s'])
    const second = limiter.acquire(['site:s'])
    await expect(limiter.acquire(['site:s'])).rejects.toMatchObject({ code: 'full' })
    await clock.advance(100)
    await second
  })

  it('looks again when something is given back', async () => {
    const { ask, log, clock, limiter } = scene()
    void ask({ name: 'a' })
    void ask({ name: 'b' })
    await clock.advance(10)
    limiter.spent(['site:s'], { points: -1 })
    await clock.advance(0)
    expect(log).toEqual(['a@0', 'b@10'])
  })

  it('serves thousands in the rate, in order, with one timer', async () => {
    const { ask, log, clock } = scene([{ ...steady, limit: 2000, burst: 1000 }])
    for (let turn = 0; turn < 5000; turn += 1) void ask({ name: String(turn), person: `person${turn % 50}` })
    await clock.advance(0)
    expect(log).toHaveLength(1000)
    expect(clock.sleepers()).toBe(1)
    await clock.advance(40_000)
    expect(log).toHaveLength(5000)
  })
})
