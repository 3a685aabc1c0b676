/** A clock that stands still until it is turned. */
export interface Clock {
  readonly now: () => number
  readonly pass: (milliseconds: number) => void
}

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export function createClock(at = Date.UTC(2026, 10, 23, 9)): Clock {
  let time = at
  return {
    now: () => time,
    pass(milliseconds) {
      time += milliseconds
    },
  }
}
