import type { Rule } from '../../packages/rate-limiter/src/index.ts'

/** Processes behind the store. */
export const instances = 2

/** Ways a rule may fail, and one whose units are fetched in lots. */
export const modes = ['open', 'closed', 'local', 'leased'] as const

/** What one process was answered. */
export interface Answer {
  readonly mode: (typeof modes)[number]
  /** Since 1970. */
  readonly at: number
  readonly granted: boolean
}

/** At most `limit` in any `window` seconds, and `burst` at once. */
export const [limit, burst, window] = [120, 30, 2]

export const rules: readonly Rule[] = modes.map((mode) => ({
  name: mode,
  kind: 'rolling',
  unit: 'requests',
  per: mode,
  limit,
  burst,
  window,
  fail: mode === 'leased' ? 'closed' : mode,
  ...(mode === 'leased' && { lease: true }),
}))
