import type { Instant, Milliseconds } from './rule.ts'

/**
 * The arithmetic of a counter.
 *
 * - `rolling` keeps one instant, the theoretical arrival time (`tat`): a unit moves it `interval` ahead, and it may be
 *   `tolerance` ahead of now.
 * - `calendar` keeps the number of its window since 1970 and the units used in it.
 * - `pause` keeps the instant before which nothing passes. Its cost is always 0.
 */
export type Meter =
  | { readonly kind: 'rolling'; readonly interval: Milliseconds; readonly tolerance: Milliseconds }
  | { readonly kind: 'calendar'; readonly limit: number; readonly window: Milliseconds }
  | { readonly kind: 'pause' }

/** One counter of a store. */
export type Gate = Meter & { readonly id: string }

/** A number of units asked of a gate, or given back when it is below 0. */
export interface Charge {
  readonly gate: Gate
  readonly cost: number
}

/**
 * Counters that several processes share. Each method is atomic: two callers never see each other half done.
 *
 * Waits are never too short, and at most 2 ms too long, so that an engine may count in whole milliseconds.
 */
export interface LimiterStore {
  /**
   * Takes from all gates, or from none. Answers the wait of each gate in the order of the charges: all 0 when taken;
   * `Infinity` where the cost can never pass. A gate appears at most once.
   */
  readonly take: (charges: readonly Charge[], now: Instant) => Promise<readonly Milliseconds[]>
  /**
   * Charges without asking, in either direction, and answers where each gate then stands: `tat` of a rolling gate, the
   * units used in the present window of a calendar gate, the end of a pause (0: none). A debt may go beyond the
   * tolerance or the limit; a refund never goes below empty. A cost of 0 reads.
   */
  readonly settle: (charges: readonly Charge[], now: Instant) => Promise<readonly number[]>
  /** Shuts a pause gate until that instant; the later of two pauses counts. */
  readonly pause: (id: string, until: Instant) => Promise<void>
  /** Forgets what changes no answer: full buckets, windows that have ended, pauses that are over. Answers how many. */
  readonly sweep: (now: Instant) => Promise<number>
}
