import { describe, expect, it, onTestFinished } from 'vitest'

import type { Milliseconds } from '../rule.ts'
import type { Charge, Gate, LimiterStore } from '../store.ts'

/** A store under test. */
export interface OpenedLimiterStore {
  readonly store: LimiterStore
  /** Another connection to the same counters, as another process would have it. */
  readonly second?: LimiterStore
  /** Called after each test. */
  readonly close?: () => void | Promise<void>
}

/** Opens the store of one test. Counters of other tests may be in it: ids never meet. */
export type OpenLimiterStore = () => OpenedLimiterStore | Promise<OpenedLimiterStore>

const noon = Date.UTC(2026, 0, 1, 12)
const hour = 3_600_000
let count = 0

const unique = (): string => `gate-${(count += 1)}`
const bucket = (burst: number, interval: Milliseconds): Gate => ({
  id: unique(),
  kind: 'rolling',
  interval,
  tolerance: burst * interval,
})
const quota = (limit: number): Gate => ({ id: unique(), kind: 'calendar', limit, window: hour })
const pauseGate = (): Gate => ({ id: unique(), kind: 'pause' })
const ask = (...gates: readonly Gate[]): readonly Charge[] =>
  gates.map((gate) => ({ gate, cost: gate.kind === 'pause' ? 0 : 1 }))
const isTaken = (waits: readonly Milliseconds[]): boolean => waits.every((wait) => wait === 0)

/** A wait may be up to 2 ms too long, and never too short. */
function expectWait(wait: Milliseconds | undefined, exact: Milliseconds): void {
  expect(wait).toBeGreaterThanOrEqual(exact)
  expect(wait).toBeLessThanOrEqual(exact + 2)
}

async function opened(open: OpenLimiterStore): Promise<readonly [LimiterStore, LimiterStore]> {
  const { store, second = store, close } = await open()
  if (close) onTestFinished(async () => close())
  return [store, second]
}

/**
 * The contract of {@link LimiterStore}, for every engine: call it in a test file. It drives the engine through the port
 * alone and hands in its own clock.
 */
export function describeLimiterStore(name: string, open: OpenLimiterStore): void {
  describe(`the LimiterStore contract, kept by ${name}`, () => {
    buckets(open)
    quotas(open)
    pauses(open)
    together(open)
  })
}

function buckets(open: OpenLimiterStore): void {
  it('lets a burst through, and then one unit for each that has come back', async () => {
    const [store, second] = await opened(open)
    const gate = bucket(3, 1000)
    for (const each of [store, second, store]) expect(await each.take(ask(gate), noon)).toEqual([0])
    expectWait((await second.take(ask(gate), noon))[0], 1000)
    expectWait((await store.take(ask(gate), noon + 400))[0], 600)
    expect(await store.take(ask(gate), noon + 1000)).toEqual([0])
  })

  it('says never to a cost above the burst', async () => {
    const [store] = await opened(open)
    const gate = bucket(3, 1000)
    expect(await store.take([{ gate, cost: 4 }], noon)).toEqual([Infinity])
    expect(await store.take([{ gate, cost: 3 }], noon)).toEqual([0])
  })

  it('keeps a debt, and gives back no more than was taken', async () => {
    const [store, second] = await opened(open)
    const gate = bucket(2, 1000)
    const [debt = 0] = await store.settle([{ gate, cost: 5 }], noon)
    expectWait(debt - noon, 5000)
    expectWait((await second.take(ask(gate), noon))[0], 4000)
    const [empty = 0] = await store.settle([{ gate, cost: -99 }], noon)
    expectWait(empty - noon, 0)
    expect(await store.take([{ gate, cost: 2 }], noon)).toEqual([0])
    expectWait((await store.take(ask(gate), noon))[0], 1000)
  })

  it('never lets more through than burst and refill in any span, whatever the moments', async () => {
    const [store, second] = await opened(open)
    const gate = bucket(5, 100)
    const granted: number[] = []
    let [seed, now] = [7, noon]
    for (let turn = 0; turn < 400; turn += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      now += seed % 97
      if (isTaken(await (turn % 2 === 0 ? store : second).take(ask(gate), now))) granted.push(now)
    }
    for (const [index, from] of granted.entries()) {
      const inside = granted.slice(index).filter((at) => at < from + 1000)
      expect(inside.length).toBeLessThanOrEqual(15)
    }
    expect(granted.length).toBeGreaterThan((now - noon) / 100 - 10)
  })
}

function quotas(open: OpenLimiterStore): void {
  it('counts a calendar window exactly, and begins anew with the next', async () => {
    const [store, second] = await opened(open)
    const gate = quota(4)
    expect(await store.take([{ gate, cost: 3 }], noon + 5)).toEqual([0])
    expectWait((await second.take([{ gate, cost: 2 }], noon + 10))[0], hour - 10)
    expect(await second.take(ask(gate), noon + 10)).toEqual([0])
    expectWait((await store.take(ask(gate), noon + hour - 1))[0], 1)
    expect(await store.take(ask(gate), noon + hour)).toEqual([0])
    expect(await store.take([{ gate, cost: 5 }], noon + hour)).toEqual([Infinity])
  })

  it('settles a calendar window in both directions, down to nothing used', async () => {
    const [store, second] = await opened(open)
    const gate = quota(10)
    expect(await store.settle([{ gate, cost: 14 }], noon)).toEqual([14])
    expect(await second.settle([{ gate, cost: -6 }], noon)).toEqual([8])
    expect(await store.settle([{ gate, cost: 0 }], noon)).toEqual([8])
    expect(await store.settle([{ gate, cost: -99 }], noon)).toEqual([0])
    expect(await store.settle([{ gate, cost: 0 }], noon + hour)).toEqual([0])
  })

  it('does not open a window again when the clock is set back', async () => {
    const [store] = await opened(open)
    const gate = quota(1)
    expect(await store.take(ask(gate), noon + 5)).toEqual([0])
    const [wait = 0] = await store.take(ask(gate), noon - 5)
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(hour)
  })
}

function pauses(open: OpenLimiterStore): void {
  it('holds everything back until a pause is over, and the later of two pauses counts', async () => {
    const [store, second] = await opened(open)
    const gate = pauseGate()
    expect(await store.take(ask(gate), noon)).toEqual([0])
    await store.pause(gate.id, noon + 500)
    await second.pause(gate.id, noon + 300)
    expectWait((await second.take(ask(gate), noon))[0], 500)
    const [until = 0] = await store.settle(ask(gate), noon)
    expectWait(until - noon, 500)
    expect(await store.take(ask(gate), noon + 502)).toEqual([0])
    expect(await store.settle(ask(gate), noon + 502)).toEqual([0])
  })
}

function together(open: OpenLimiterStore): void {
  it('takes from all gates or from none', async () => {
    const [store, second] = await opened(open)
    const [wide, narrow, still] = [quota(10), bucket(1, 1000), pauseGate()]
    expect(await store.take(ask(narrow, wide, still), noon)).toEqual([0, 0, 0])
    const waits = await second.take(ask(narrow, wide, still), noon)
    expectWait(waits[0], 1000)
    expect(waits.slice(1)).toEqual([0, 0])
    expect(await store.settle([{ gate: wide, cost: 0 }], noon)).toEqual([1])
  })

  it('lets exactly the limit through when many ask at once', async () => {
    const [store, second] = await opened(open)
    const [hourly, burst] = [quota(12), bucket(50, 10)]
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? store : second).take(ask(burst, hourly), noon),
      ),
    )
    expect(all.filter(isTaken)).toHaveLength(12)
    expect(await store.settle([{ gate: hourly, cost: 0 }], noon)).toEqual([12])
  })

  it('forgets what changes no answer, and nothing else', async () => {
    const [store] = await opened(open)
    const [hourly, burst, still] = [quota(2), bucket(2, 1000), pauseGate()]
    await store.sweep(noon)
    await store.take(ask(hourly, burst), noon)
    await store.pause(still.id, noon + 5000)
    expect(await store.sweep(noon + 1)).toBe(0)
    expect(await store.sweep(noon + 2000)).toBe(1)
    expect(await store.sweep(noon + 6000)).toBe(1)
    expect(await store.settle([{ gate: hourly, cost: 0 }], noon + 6000)).toEqual([1])
    expect(await store.sweep(noon + hour)).toBe(1)
  })
}
