import type { Instant, Milliseconds } from '../rule.ts'

/** The numbers of all counters, and the question that is asked of them. Filled anew for each, so that none is allocated. */
export interface Page {
  cells: Float64Array
  /** Elapsed time. */
  now: Milliseconds
  /** For calendars. */
  wall: Instant
  /** Units; below 0 they are given back. */
  cost: number
  /** Units under way, for counters that look at them in several ways. */
  used: number
  /** Who asks, for pools. */
  person: string
  /** Whether what is reserved may be used. */
  interactive: boolean
  /** What is to be learnt, by counters that do. */
  lesson: Lesson
  /** What each person has spent of a pool in one window, by the place of its counter. */
  readonly shares: Map<number, { readonly index: number; readonly spent: Map<string, number> }>
}

/** What became of a call, and what its answer announced. */
export interface Lesson {
  /** `ok`: answered. `refused`: too many. `busy`: the other side was overloaded, or did not answer in time. */
  readonly outcome?: 'ok' | 'refused' | 'busy'
  /** From the turn to the answer. */
  readonly took?: Milliseconds
  /** Of a refusal: how long to leave it alone. Default: a second. */
  readonly wait?: Milliseconds
  /** Announced units in each window; 0 says nothing. */
  readonly limit?: number
  /** Announced units left in this window. */
  readonly remaining?: number
  /** Announced time until that window ends. What was said of a window that is over says nothing of the next. */
  readonly resetIn?: Milliseconds
}

/** An empty page. Fractions make the engine keep its members as plain numbers that are written in place. */
export function createPage(): Page {
  return {
    cells: new Float64Array(0),
    now: 0.5,
    wall: 0.5,
    cost: 1,
    used: 0,
    person: '',
    interactive: false,
    lesson: {},
    shares: new Map(),
  }
}

/** What a counter needs to know, of whichever kind. */
export interface Dial {
  /** Units. */
  readonly limit: number
  readonly window: Milliseconds
  /** Of a rolling counter: the time in which one unit comes back. */
  readonly interval: Milliseconds
  /** Of a rolling counter: how far ahead of time it may be. */
  readonly tolerance: Milliseconds
  /** Units kept for callers of the first class. */
  readonly reserve: number
}

/** One way to count. State lies in the page's cells from `at` on, and is all 0 in the beginning. */
export interface Algorithm {
  /** Cells that the state takes. */
  readonly width: number
  /** How long the page's cost has to wait: 0 when it passes, `Infinity` when it never can. Writes nothing that matters. */
  readonly wait: (dial: Dial, page: Page, at: number) => Milliseconds
  /** Charges the page's cost without asking, in either direction, and never below empty. */
  readonly charge: (dial: Dial, page: Page, at: number) => void
  /** Whole units that could be spent now. */
  readonly remaining: (dial: Dial, page: Page, at: number) => number
  /** How long until everything is back. */
  readonly reset: (dial: Dial, page: Page, at: number) => Milliseconds
  /** The limit as it was announced last, where it can change. */
  readonly limit?: (dial: Dial, page: Page, at: number) => number
  /** Takes the page's lesson to heart. */
  readonly learn?: (dial: Dial, page: Page, at: number) => void
  /** Whether forgetting the state changes no answer. */
  readonly idle: (dial: Dial, page: Page, at: number) => boolean
}

/** The wait for another call to end, which time alone does not bring about. Shorter than any other wait. */
export const untilEnd: Milliseconds = 2 ** -11

/** Waits below a microsecond are dust of the arithmetic. */
export const grain: Milliseconds = 0.001

/** The cell at a place. */
export function cell({ cells }: Page, at: number): number {
  return cells[at] ?? 0
}
