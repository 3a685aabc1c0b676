import type { Cost } from './rule.ts'

/** A cost in each unit. */
export interface Price {
  readonly requests: number
  readonly points: number
}

const single: Price = { requests: 1, points: 1 }

/** Spells a cost out. */
export function priceOf(cost: Cost | undefined): Price {
  if (cost === undefined || cost === 1) return single
  if (typeof cost === 'number') return { requests: cost, points: cost }
  return { requests: cost.requests ?? 1, points: cost.points ?? 1 }
}

/** Spells a difference out: what is left out is 0. */
export function differenceOf(cost: Cost): Price {
  return typeof cost === 'number' ? priceOf(cost) : { requests: cost.requests ?? 0, points: cost.points ?? 0 }
}

/** What gives a price back. */
export function negative({ requests, points }: Price): Price {
  return { requests: -requests, points: -points }
}
