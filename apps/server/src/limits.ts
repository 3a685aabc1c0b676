import { atlassianRules, createLimiter, planRules, plans } from '@telamon/rate-limiter'
import type { Cost, Limiter, LimiterStore, LimitKey, PlanName, Rule } from '@telamon/rate-limiter'
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

/** How limits are kept. */
export interface LimitsOptions {
  /** The name of a plan. */
  readonly plan: string
  readonly store: LimiterStore
  /**
   * How many processes share the store. With several, what is asked of Atlassian is counted in the store too, and while
   * it is away each of them keeps to its part.
   */
  readonly instances: number
}

/**
 * Puts the limits together.
 *
 * @throws Fault when there is no plan of that name.
 */
export function createLimits({ plan, store, instances }: LimitsOptions): Limits {
  if (!isPlan(plan))
    throw new Fault(`TELAMON_PLAN: there is no plan ${plan}. Plans: ${Object.keys(plans).join(', ')}.`)
  const rules = planRules(plans[plan])
  const byScope = new Map(['user', 'site'].map((scope) => [scope, rules.filter(({ per }) => per === scope)]))
  return {
    inbound: createLimiter({
      rules: (key) => byScope.get(key.slice(0, key.indexOf(':'))) ?? [],
      store,
      instances,
    }),
    strangers: createLimiter({ rules: () => [strangersRule] }),
    outbound: createLimiter({ rules: atlassianRules(), ...(instances > 1 && { store, instances }) }),
  }
}

function isPlan(name: string): name is PlanName {
  return Object.hasOwn(plans, name)
}

/**
 * What a tool counts as: those that change many issues at once, five calls; a look at the budget, none, so that somebody who
 * has used it up can still see when it is back. Any other counts as one.
 */
const toolCosts: Readonly<Record<string, number>> = {
  bulkDeleteJiraIssues: 5,
  bulkTransitionJiraIssues: 5,
  bulkWatchJiraIssues: 5,
  getAtlassianRateLimitStatus: 0,
}

/** What one call of a tool counts as. */
export function costOf({ name }: { readonly name: string }): Cost {
  return Object.hasOwn(toolCosts, name) ? (toolCosts[name] ?? 1) : 1
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
