import type { Instant, Milliseconds } from './rule.ts'

/** The two clocks of a limiter. */
export interface Clock {
  /** Time that has passed, since whenever. It never runs backwards. */
  readonly elapsed: () => Milliseconds
  /** Milliseconds since 1970, for calendars and for what is shared. */
  readonly wall: () => Instant
}

/** Where a limiter gets its time from. */
export interface ClockOptions {
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => Instant
  /** Any clock that does not step. Default: `now` where that is given, else `performance.now`. */
  readonly monotonic?: () => Milliseconds
}

/** A clock that is set back, as wall clocks are, stands still for that moment: nobody is locked out by it. */
export function createClock({ now, monotonic }: ClockOptions): Clock {
  const wall = now ?? Date.now
  if (monotonic === undefined && now === undefined) return { elapsed: () => performance.now(), wall }
  const source = monotonic ?? wall
  let last = source()
  // Counted from here: fractions of a millisecond would be lost behind the milliseconds since 1970.
  let lost = -last
  return {
    elapsed() {
      const reading = source()
      if (reading < last) lost += last - reading
      last = reading
      return reading + lost
    },
    wall,
  }
}
