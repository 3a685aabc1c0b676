import type { Budget, Milliseconds } from './rule.ts'

/** Header fields that tell a client how it stands. */
export interface RateLimitFields {
  readonly RateLimit: string
  readonly 'RateLimit-Policy': string
  /** Of a refusal, in whole seconds. */
  readonly 'Retry-After'?: string
}

/** A refusal, as `take` answers it. */
export interface Refused {
  readonly retryAfterMs: Milliseconds
  readonly violated: readonly string[]
}

/** More than that is no help to a reader. */
const most = 3

/**
 * Writes budgets as the two fields of the IETF draft: at most three, those nearest to their end, and last those in a
 * unit that a reader may not know.
 *
 * `r` is what could be spent now, `t` the seconds until all of it is back. After a refusal the policies in the way
 * have `r=0` and last as long as `Retry-After`, which is rounded up and, beyond ten seconds, spread by up to a tenth.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/11/
 */
export function rateLimitFields(
  budgets: readonly Budget[],
  refused?: Refused,
  random: () => number = Math.random,
): RateLimitFields {
  const violated = new Set(refused?.violated)
  const urgency = ({ policy, remaining, limit }: Budget): number =>
    violated.has(policy) ? -1 : remaining / Math.max(1, limit)
  const chosen = budgets
    .toSorted((a, b) => urgency(a) - urgency(b))
    .slice(0, most)
    .toSorted((a, b) => Number(a.unit === 'points') - Number(b.unit === 'points'))
  const seconds = refused && retryAfterSeconds(refused.retryAfterMs, random)
  const limits = chosen.map(({ policy, remaining, resetMs }) =>
    violated.has(policy) && seconds !== undefined
      ? `${quoted(policy)};r=0;t=${seconds}`
      : `${quoted(policy)};r=${Math.max(0, Math.floor(remaining))};t=${wholeSeconds(resetMs)}`,
  )
  return {
    RateLimit: limits.join(', '),
    'RateLimit-Policy': chosen.map(policyText).join(', '),
    ...(seconds !== undefined && { 'Retry-After': String(seconds) }),
  }
}

/** Nothing to wait for when it can never pass. */
function retryAfterSeconds(wait: Milliseconds, random: () => number): number | undefined {
  if (!Number.isFinite(wait)) return undefined
  return wholeSeconds(wait > 10_000 ? wait * (1 + random() / 10) : wait)
}

function wholeSeconds(milliseconds: Milliseconds): number {
  return Math.max(1, Math.ceil(milliseconds / 1000))
}

function policyText({ policy, limit, window, unit }: Budget): string {
  const name = `${quoted(policy)};q=${Math.floor(limit)}`
  if (window === 0) return `${name};qu="concurrent-requests"`
  const quota = `${name};w=${Math.ceil(window)}`
  // Points are not a registered unit, so they are told by a parameter of our own.
  return unit === 'points' ? `${quota};telamon-unit="points"` : quota
}

function quoted(name: string): string {
  return `"${name.replace(/[^ !#-[\]-~]/g, '')}"`
}
