import type { Rule } from './rule.ts'

/** A rule whose limit may grow with the number of people on a site. */
export interface PlanRule extends Rule {
  /** Added to the limit for each licensed person of the site. */
  readonly perUser?: number
  /** The most it grows to. */
  readonly cap?: number
}

/** What a server grants, as data. */
export interface Plan {
  /** What it promises, for documentation and account pages. */
  readonly summary: string
  readonly rules: readonly PlanRule[]
}

const hour = { kind: 'rolling', unit: 'requests', window: 3600, fail: 'open' } as const

/** Enough for a burst of parallel calls, which agents are fond of. */
const burst: Rule = {
  name: 'user-burst',
  per: 'user',
  kind: 'rolling',
  unit: 'requests',
  limit: 20,
  burst: 15,
  window: 2,
  fail: 'open',
}

const siteHour = (limit: number): PlanRule => ({ ...hour, name: 'site-hour', per: 'site', limit })
const userHour = (limit: number): PlanRule => ({ ...hour, name: 'user-hour', per: 'user', limit })

/**
 * Plans by name. Those beginning with `official-` are Atlassian's published table for its own server (documented);
 * `standard`, `premium` and `enterprise` follow its older notes, which name no figure for a moderate limit, nor for one
 * person. `telamon` is the default.
 */
export const plans = {
  'official-free': { summary: '500 calls an hour for a site', rules: [siteHour(500)] },
  'official-standard': { summary: '1,000 calls an hour for a site', rules: [siteHour(1000)] },
  'official-premium': {
    summary: '1,000 calls an hour for a site and 20 more for each person, up to 10,000',
    rules: [{ ...siteHour(1000), perUser: 20, cap: 10_000 }],
  },
  'official-enterprise': {
    summary: '1,000 calls an hour for a site and 20 more for each person, up to 10,000',
    rules: [{ ...siteHour(1000), perUser: 20, cap: 10_000 }],
  },
  standard: { summary: '500 calls an hour for a person', rules: [burst, userHour(500)] },
  premium: {
    summary: '1,000 calls an hour for a site, of which one person may use 500',
    rules: [burst, userHour(500), siteHour(1000)],
  },
  enterprise: {
    summary: '1,000 calls an hour for a site, of which one person may use 500',
    rules: [burst, userHour(500), siteHour(1000)],
  },
  telamon: { summary: '1,000 calls an hour for a person', rules: [burst, { ...userHour(1000), burst: 100 }] },
} as const satisfies Readonly<Record<string, Plan>>

/** The name of a plan that comes with the package. */
export type PlanName = keyof typeof plans

/** The rules of a plan for a site with that many licensed people. */
export function planRules(plan: Plan, { users = 0 }: { readonly users?: number } = {}): readonly Rule[] {
  return plan.rules.map(({ perUser = 0, cap = Infinity, ...rule }) => ({
    ...rule,
    limit: Math.max(rule.limit, Math.min(cap, rule.limit + perUser * Math.max(0, Math.floor(users)))),
  }))
}
