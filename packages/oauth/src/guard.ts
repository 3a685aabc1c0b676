import type { Limiter, Rule } from '@telamon/rate-limiter'

import { refuse, type Refusal } from './errors.ts'

/** What is limited by address, in this process. `sign-in` is every request of a person, of which a sign-in has six. */
export type Guarded = 'sign-in' | 'register' | 'token' | 'client-failure'

const rule = (name: Guarded, change: Pick<Rule, 'limit' | 'window' | 'burst'>): Rule => ({
  name,
  kind: 'rolling',
  unit: 'requests',
  per: name,
  fail: 'closed',
  ...change,
})

/**
 * The rules of the limiter that guards an authorization server unless another is given. They hold within one process
 * and cost no look into the store; what has to hold over all instances is in the store's buckets (`Policy`).
 */
export const guardRules: readonly Rule[] = [
  rule('sign-in', { limit: 600, window: 600, burst: 120 }),
  rule('register', { limit: 120, window: 600, burst: 30 }),
  rule('token', { limit: 6000, window: 600, burst: 600 }),
  rule('client-failure', { limit: 60, window: 600, burst: 20 }),
]

/** Takes one turn, or says when there will be one. */
export function guard(limiter: Pick<Limiter, 'take'>, what: Guarded, who: string): Refusal | undefined {
  const taken = limiter.take([`${what}:${who}`])
  return taken.ok
    ? undefined
    : refuse('rate_limited', { retryAfterMs: Math.min(taken.retryAfterMs, 600_000) })
}
