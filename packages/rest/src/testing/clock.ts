/** A clock for tests: waiting takes no time and moves it on. */
export interface SkippingClock {
  readonly now: () => number
  /** Fits `createRest`'s `sleep`. Refuses when the signal has fired. */
  readonly sleep: (milliseconds: number, options?: { readonly signal?: AbortSignal }) => Promise<void>
  /** Every wait so far, in milliseconds. */
  readonly waits: readonly number[]
}

/** Starts at an instant in milliseconds since 1970. */
export function createSkippingClock(start = Date.UTC(2026, 10, 23)): SkippingClock {
  const waits: number[] = []
  let time = start
  return {
    now: () => time,
    sleep: async (milliseconds, { signal } = {}) => {
      signal?.throwIfAborted()
      waits.push(milliseconds)
      time += milliseconds
    },
    waits,
  }
}
