import type { Rule } from './rule.ts'
import type { Meter } from './store.ts'

/** How many units of a rolling rule may pass at once. */
function burstOf({ limit, burst }: Pick<Rule, 'limit' | 'burst'>): number {
  const tenth = Math.max(10, Math.floor(limit / 10))
  return Math.min(limit, burst ?? Math.max(1, Math.min(limit - 1, tenth)))
}

/**
 * How a rule is counted by stores. A rolling rule refills by what its burst leaves of the limit, so that no span of the
 * window's length sees more than the limit: the burst at once, and the refill after it.
 */
export function meterOf(
  rule: Rule,
): Extract<Meter, { kind: 'rolling' }> | Extract<Meter, { kind: 'calendar' }> {
  const window = rule.window * 1000
  if (rule.kind === 'calendar') return { kind: 'calendar', limit: rule.limit, window }
  const burst = burstOf(rule)
  const interval = window / Math.max(1, rule.limit - burst)
  return { kind: 'rolling', interval, tolerance: burst * interval }
}
