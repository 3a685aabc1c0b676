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

const rule = (mode: Answer['mode']): Rule => ({
  name: mode,
  kind: 'rolling',
  unit: 'requests',
  per: mode,
  limit,
  burst,
  window,
  fail: mode === 'leased' ? 'closed' : mode,
})

export const rules: readonly Rule[] = [
  rule('open'),
  rule('closed'),
  rule('local'),
  { ...rule('leased'), lease: true },
]
