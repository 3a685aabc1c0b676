import { families } from './atlassian-families.ts'
import { burstRateOf } from './burst-rates.ts'
import type { LimitKey, Rule } from './rule.ts'

/** What differs between installations. */
export interface AtlassianRulesOptions {
  /** Points an hour of the OAuth app, all its sites together. Default: 65,000 (documented). Announced numbers win. */
  readonly pointsPerHour?: number
  /** Calls under way to one site, at the most; how many there are in truth follows how long they take. Default: 64. */
  readonly concurrency?: number
}

const rolling = { kind: 'rolling', unit: 'requests', fail: 'local' } as const

/** 20 in 2 seconds, and 100 in 30 (documented). */
const issueWrites: readonly Rule[] = [
  { ...rolling, name: 'issue-writes-2s', per: 'issue', limit: 20, window: 2, burst: 10 },
  { ...rolling, name: 'issue-writes-30s', per: 'issue', limit: 100, window: 30, burst: 20 },
]

/** As published, and from then on as announced. A tenth at once, since nobody publishes what a bucket holds. */
const rate = (name: string, per: string, limit: number): readonly Rule[] => [
  { ...rolling, name, per, limit, window: 1, burst: Math.max(1, Math.round(limit / 10)), adaptive: true },
]

const familyRules = new Map(
  families.map(({ name, rate: perSecond, slots }): [string, readonly Rule[]] => [
    name,
    slots === undefined
      ? rate(name, 'family', perSecond ?? 10)
      : [{ ...rolling, name, per: 'family', kind: 'concurrent', limit: slots, window: 0 }],
  ]),
)

/**
 * Atlassian's limits for calls to it, as a look-up by key:
 *
 * - `issue:…` writes to one issue
 * - `operation:SITE/METHOD PATH` the rate of one operation on one site, by the template of its record; adaptive
 * - `family:SITE/NAME` what several operations have in common: see `atlassianFamilies`
 * - `site:…` calls under way to one site, for calls that say when they end (`enter`); adaptive
 * - `app:…` the points of an OAuth app, reset with the UTC hour and shared among persons. Leave the key out for API tokens,
 *   which have none.
 *
 * Other keys have no rule, and can be paused. `heed` teaches the adaptive ones what answers announce.
 */
export function atlassianRules(options: AtlassianRulesOptions = {}): (key: LimitKey) => readonly Rule[] {
  const { pointsPerHour = 65_000, concurrency = 64 } = options
  const points: readonly Rule[] = [
    {
      name: 'atlassian-points',
      kind: 'calendar',
      unit: 'points',
      per: 'app',
      limit: pointsPerHour,
      window: 3600,
      fail: 'local',
      fair: true,
      adaptive: true,
    },
  ]
  const underWay: readonly Rule[] = [
    {
      ...rolling,
      name: 'site-concurrency',
      per: 'site',
      kind: 'concurrent',
      limit: concurrency,
      window: 0,
      adaptive: true,
      reserve: 1,
    },
  ]
  const none: readonly Rule[] = []
  const byRate = new Map<number, readonly Rule[]>()
  const byScope = new Map<string, (id: string) => readonly Rule[]>([
    ['issue', () => issueWrites],
    ['operation', (id) => operationRules(id, byRate)],
    ['family', (id) => familyRules.get(id.slice(id.lastIndexOf('/') + 1)) ?? none],
    ['site', () => underWay],
    ['app', () => points],
  ])
  return (key) => {
    const colon = key.indexOf(':')
    return byScope.get(key.slice(0, colon))?.(key.slice(colon + 1)) ?? none
  }
}

function operationRules(id: string, byRate: Map<number, readonly Rule[]>): readonly Rule[] {
  const [method = '', path = ''] = id.slice(id.indexOf('/') + 1).split(' ', 2)
  const perSecond = burstRateOf(method, path)
  const rules = byRate.get(perSecond) ?? rate('operation-burst', 'operation', perSecond)
  byRate.set(perSecond, rules)
  return rules
}
