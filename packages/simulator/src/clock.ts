/** Milliseconds since 1970. */
export type Instant = number

/**
 * The simulator's only source of time. It follows the clock it was given until it is frozen, and can be moved.
 * Nothing fires by itself: what has expired is found out when somebody asks.
 */
export interface Clock {
  now(): Instant
  /** Moves the time forward, or back with a negative number of milliseconds. */
  advance(milliseconds: number): void
  /** Makes it be that instant now. A running clock goes on from there. */
  set(instant: Instant): void
  /** Stops the time. `advance` and `set` still move it. */
  freeze(): void
  /** Lets the time run on from where it stands. */
  resume(): void
  /** Whether it stands still. */
  readonly frozen: boolean
}

/** @param source what a running clock follows, such as `Date.now` */
export function createClock(source: () => Instant): Clock {
  let offset = 0
  let frozenAt: Instant | undefined
  const now = (): Instant => frozenAt ?? source() + offset
  const set = (instant: Instant): void => {
    if (frozenAt === undefined) offset = instant - source()
    else frozenAt = instant
  }
  return {
    now,
    set,
    get frozen() {
      return frozenAt !== undefined
    },
    advance: (milliseconds) => set(now() + milliseconds),
    freeze: () => {
      frozenAt ??= source() + offset
    },
    resume: () => {
      if (frozenAt === undefined) return
      offset = frozenAt - source()
      frozenAt = undefined
    },
  }
}
