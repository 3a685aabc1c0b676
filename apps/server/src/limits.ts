import { atlassianRules, createLimiter, planRules, plans } from '@telamon/rate-limiter'
import type { Limiter, LimiterStore, LimitKey, PlanName, Rule } from '@telamon/rate-limiter'
import { ToolError } from '@telamon/tool-registry'

import { Fault } from './fault.ts'

/** The limits of the server: what people may ask of it, what strangers may, and what it asks of Atlassian. */
export interface Limits {
  /** By person and by site, as the plan says. */
  readonly inbound: Limiter
  /** By address, for requests that bring no valid token. */
  readonly strangers: Limiter
  readonly outbound: Limiter
}

/** Enough for a client that asks anew after a sign-out, too little for guessing tokens. */
const strangersRule: Rule = {
  name: 'address',
  kind: 'rolling',
  unit: 'requests',
  per: 'address',
  limit: 120,
  burst: 60,
  window: 60,
  fail: 'closed',
}

/**
 * Puts the limits together. The outbound ones are shared with other processes over the store.
 *
 * @throws Fault when there is no plan of that name.
 */
export function createLimits(plan: string, store: LimiterStore): Limits {
  if (!isPlan(plan))
    throw new Fault(`TELAMON_PLAN: there is no plan ${plan}. Plans: ${Object.keys(plans).join(', ')}.`)
  const rules = planRules(plans[plan])
  const byScope = new Map(['user', 'site'].map((scope) => [scope, rules.filter(({ per }) => per === scope)]))
  return {
    inbound: createLimiter({ rules: (key) => byScope.get(key.slice(0, key.indexOf(':'))) ?? [], store }),
    strangers: createLimiter({ rules: () => [strangersRule] }),
    outbound: createLimiter({ rules: atlassianRules() }),
  }
}

function isPlan(name: string): name is PlanName {
  return Object.hasOwn(plans, name)
}

/**
 * Charges the site of a call of somebody who reaches several: which one is meant is known only now.
 *
 * @throws ToolError that says when to come back. Nothing has been sent then.
 */
export function chargeSite(limiter: Pick<Limiter, 'take'>, cloudId: string): void {
  const key: LimitKey = `site:${cloudId}`
  const taken = limiter.take([key])
  if (taken.ok) return
  const seconds = Math.max(1, Math.ceil(taken.retryAfterMs / 1000))
  throw new ToolError({
    code: 'unavailable',
    message: `The limit ${taken.violated[0] ?? 'site-hour'} of this site is reached for now.`,
    next: `Repeat the same call in ${seconds} seconds, or ask for fewer results.`,
  })
}
