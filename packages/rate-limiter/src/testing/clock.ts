import type { Instant, Milliseconds } from '../rule.ts'

/** A clock that stands still until it is turned by hand. Its members fit `createLimiter`. */
export interface HandClock {
  readonly now: () => Instant
  readonly monotonic: () => Milliseconds
  readonly sleep: (milliseconds: Milliseconds, options?: { readonly signal?: AbortSignal }) => Promise<void>
  /** Lets time pass, waking sleepers in order and letting all that follows from it happen. */
  readonly advance: (milliseconds: Milliseconds) => Promise<void>
  /** Sets the wall clock to another time, as an administrator would; no time passes. */
  readonly step: (milliseconds: Milliseconds) => void
  /** How many sleep at the moment. */
  readonly sleepers: () => number
}

interface Sleeper {
  readonly at: Milliseconds
  readonly wake: () => void
}

/** Makes a clock. `start` is the wall's time, in milliseconds since 1970. */
export function createHandClock(start: Instant = Date.UTC(2026, 0, 1)): HandClock {
  const sleepers = new Set<Sleeper>()
  let elapsed = 0
  let offset = start

  async function advance(milliseconds: Milliseconds): Promise<void> {
    const target = elapsed + milliseconds
    await settled()
    for (let next = soonest(); next && next.at <= target; next = soonest()) {
      elapsed = Math.max(elapsed, next.at)
      sleepers.delete(next)
      next.wake()
      await settled()
    }
    elapsed = target
    await settled()
  }

  function soonest(): Sleeper | undefined {
    return [...sleepers].toSorted((a, b) => a.at - b.at)[0]
  }

  return {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    sleep: (milliseconds, { signal } = {}) =>
      new Promise((resolve) => {
        const sleeper = { at: elapsed + milliseconds, wake: resolve }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper)
          resolve()
        })
      }),
    advance,
    step(milliseconds) {
      offset += milliseconds
    },
    sleepers: () => sleepers.size,
  }
}

/** Lets everything happen that is ready: promises that are settled, and what they lead to. */
async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
}
