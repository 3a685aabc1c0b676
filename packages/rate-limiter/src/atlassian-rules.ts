import { burstRateOf } from './burst-rates.ts'
import type { LimitKey, Rule } from './rule.ts'

/** What differs between installations. */
export interface AtlassianRulesOptions {
  /** Points an hour of the OAuth app, all its sites together. Default: 65,000 (documented). */
  readonly pointsPerHour?: number
}

const rolling = { kind: 'rolling', unit: 'requests', fail: 'local' } as const

/** 20 in 2 seconds, and 100 in 30 (documented). */
const issueWrites: readonly Rule[] = [
  { ...rolling, name: 'issue-writes-2s', per: 'issue', limit: 20, window: 2, burst: 10 },
  { ...rolling, name: 'issue-writes-30s', per: 'issue', limit: 100, window: 30, burst: 20 },
]

/**
 * Atlassian's limits for calls to it, as a look-up by key:
 *
 * - `issue:…` writes to one issue
 * - `operation:SITE/METHOD PATH` the rate of one operation on one site, by the template of its record
 * - `app:…` the points of an OAuth app, reset with the UTC hour. Leave the key out for API tokens, which have none.
 *
 * Other keys have no rule, and can be paused.
 */
export function atlassianRules(options: AtlassianRulesOptions = {}): (key: LimitKey) => readonly Rule[] {
  const { pointsPerHour = 65_000 } = options
  const points: Rule = {
    name: 'atlassian-points',
    kind: 'calendar',
    unit: 'points',
    per: 'app',
    limit: pointsPerHour,
    window: 3600,
    fail: 'local',
  }
  const byScope = new Map<string, (id: string) => readonly Rule[]>([
    ['issue', () => issueWrites],
    ['operation', operationRules],
    ['app', () => [points]],
  ])
  return (key) => {
    const colon = key.indexOf(':')
    return byScope.get(key.slice(0, colon))?.(key.slice(colon + 1)) ?? []
  }
}

function operationRules(id: string): readonly Rule[] {
  const [method = '', path = ''] = id.slice(id.indexOf('/') + 1).split(' ', 2)
  const rate = burstRateOf(method, path)
  const burst = Math.max(1, Math.round(rate / 10))
  return [{ ...rolling, name: 'operation-burst', per: 'operation', limit: rate, window: 1, burst }]
}
