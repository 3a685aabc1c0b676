import type { Limiter } from './limiter.ts'
import type { HeaderSource, Pause } from './pause.ts'
import { readPause } from './pause.ts'
import { readPolicies } from './policies.ts'
import type { Instant, LimitKey, Milliseconds } from './rule.ts'

/** An answer, as far as limits go. */
export interface Heeded {
  readonly status: number
  readonly headers: HeaderSource
  /** Since 1970, when it came. */
  readonly now: Instant
  /** From the turn to the answer. */
  readonly took?: Milliseconds
  /** Which try of the same call it answers, from 1. Default: 1. */
  readonly attempt?: number
}

/** What fields announce of one budget. */
interface Announced {
  limit?: number
  remaining?: number
  resetIn?: Milliseconds
}

/**
 * Takes an answer to heart: a refusal pauses exactly what it names, and what is announced is learnt by the rules of the
 * operation (a rate) and of the app (points). Fields with the prefix `Beta-` stop nothing, and teach all the same. Answers
 * the pause, if there is one.
 */
export function heed(
  limiter: Pick<Limiter, 'pause' | 'learn'>,
  keys: readonly LimitKey[],
  { status, headers, now, took, attempt = 1 }: Heeded,
): Pause | undefined {
  const pause = readPause(headers, now, { status, attempt })
  const refused = status === 429 ? pause : undefined
  const target =
    pause &&
    (keys.find((key) => key.startsWith(`${pause.scope}:`)) ?? keys.find((key) => key.startsWith('site:')))
  if (pause && target !== undefined) limiter.pause(target, pause.milliseconds)
  const announced = readAnnounced(headers)
  for (const key of keys) {
    const scope = key.slice(0, key.indexOf(':'))
    limiter.learn(key, {
      outcome: key === target && refused ? 'refused' : status === 503 ? 'busy' : 'ok',
      ...(took !== undefined && { took }),
      ...(pause && { wait: pause.milliseconds }),
      ...(scope === 'operation' && announced.burst),
      ...(scope === 'app' && announced.quota),
    })
  }
  return pause
}

/** A reason that names something else than a rate: the numbers beside it are of that. */
const notBurst = /quota|global|tenant|cost|per-|issue/

function readAnnounced(headers: HeaderSource): { burst: Announced; quota: Announced } {
  const announced: { burst: Announced; quota: Announced } = { burst: {}, quota: {} }
  const reason = headers.get('ratelimit-reason')?.toLowerCase() ?? ''
  const limit = count(headers.get('x-ratelimit-limit'))
  // The gateway's own count has nothing to do with the operation's rate (reported).
  if (limit && !notBurst.test(reason) && headers.get('x-failure-category') === null) {
    announced.burst.limit = limit
    const remaining = count(headers.get('x-ratelimit-remaining'))
    if (remaining !== undefined) announced.burst.remaining = remaining
  }
  for (const prefix of ['beta-', '']) {
    for (const { name, q, w = 1 } of readPolicies(headers.get(`${prefix}ratelimit-policy`))) {
      if (q === undefined || q === 0) continue
      if (name.includes('burst')) announced.burst.limit = q / Math.max(1, w)
      else if (name.includes('app-quota')) announced.quota.limit = q
    }
    for (const { name, r, t } of readPolicies(headers.get(`${prefix}ratelimit`))) {
      if (r === undefined) continue
      if (name.includes('burst')) announced.burst.remaining = r
      else if (name.includes('app-quota')) {
        announced.quota.remaining = r
        if (t !== undefined) announced.quota.resetIn = t * 1000
      }
    }
  }
  return announced
}

function count(field: string | null): number | undefined {
  return field !== null && /^\s*\d{1,12}\s*$/.test(field) ? Number(field) : undefined
}
