import type { PolicyItem } from './policies.ts'
import { readPolicies } from './policies.ts'
import type { Instant, Milliseconds } from './rule.ts'

/** What an answer asks to leave alone: one issue, one operation, everything of the account, the site, or the app. */
export type PauseScope = 'issue' | 'operation' | 'account' | 'site' | 'app'

/** How long, and for what. */
export interface Pause {
  readonly scope: PauseScope
  readonly milliseconds: Milliseconds
}

/** Anything with header fields, such as `Headers`. */
export interface HeaderSource {
  readonly get: (name: string) => string | null
}

/** How an answer is read. */
export interface ReadPauseOptions {
  /** Of the answer. With 429 and 503 there is always a pause, with any other never. Absent: the fields decide. */
  readonly status?: number
  /** Which refusal in a row this is, from 1, where no field says how long to wait. Default: 1. */
  readonly attempt?: number
  /** No pause is longer, whatever the fields say. Default: an hour. */
  readonly longest?: Milliseconds
}

/**
 * Reads from the header fields of a refusal how long to wait, and what for. Never throws, whatever they hold.
 *
 * The wait comes from `Retry-After`, else from a policy of `RateLimit` with nothing left, else from
 * `X-RateLimit-Reset`; instants are compared with the answer's own `Date`, not with our clock. The scope comes from
 * `RateLimit-Reason`, else from the policy. Fields with the prefix `Beta-` stop nothing: they are not enforced.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
export function readPause(
  headers: HeaderSource,
  now: Instant,
  options: ReadPauseOptions = {},
): Pause | undefined {
  const { status, attempt = 1, longest = 3_600_000 } = options
  const refused = status === 429 || status === 503
  if (status !== undefined && !refused) return undefined
  const date = readInstant(headers.get('date')) ?? now
  const spent = readPolicies(headers.get('ratelimit')).filter(({ r }) => r === 0)
  const wait = readWait({ headers, spent, date, refused })
  if (wait === undefined && !refused) return undefined
  const known = wait === undefined ? undefined : Math.min(longest, Math.max(0, wait))
  const backoff = Math.min(30_000, 1000 * 2 ** Math.min(10, Math.max(0, attempt - 1)))
  const reason = headers.get('ratelimit-reason') ?? headers.get('x-ratelimit-reason') ?? ''
  return {
    scope: scopeOf(reason.toLowerCase(), spent, known),
    milliseconds: Math.ceil(known ?? Math.min(longest, backoff)),
  }
}

interface Evidence {
  readonly headers: HeaderSource
  readonly spent: readonly PolicyItem[]
  readonly date: Instant
  readonly refused: boolean
}

function readWait({ headers, spent, date, refused }: Evidence): Milliseconds | undefined {
  const after = readRetryAfter(headers.get('retry-after'), date)
  if (after !== undefined) return after
  const waits = spent.flatMap(({ name, t }) => (t === undefined ? [] : [resetOf(name, t, date)]))
  if (waits.length > 0) return Math.max(...waits)
  const reset = readReset(headers.get('x-ratelimit-reset'), date)
  const remaining = headers.get('x-ratelimit-remaining')
  return refused || remaining === null || remaining.trim() === '0' ? reset : undefined
}

/** Of several values the largest finite one counts; each is a number of seconds or an HTTP date. */
function readRetryAfter(field: string | null, date: Instant): Milliseconds | undefined {
  if (field === null) return undefined
  const waits = field
    .slice(0, 500)
    .split(/,\s*(?=\d+\s*(?:,|$)|[A-Z][a-z]{2},)/)
    .map((part) => {
      const text = part.trim()
      if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000
      const instant = readInstant(text)
      return instant === undefined ? Number.NaN : Math.max(0, instant - date)
    })
    .filter((wait) => Number.isFinite(wait))
  return waits.length > 0 ? Math.max(...waits) : undefined
}

/** Quotas end with the UTC hour: where a policy says another moment, the nearer of the two is tried (reported). */
function resetOf(policy: string, seconds: number, date: Instant): Milliseconds {
  const hour = 3_600_000
  const announced = seconds * 1000
  return policy.includes('quota') ? Math.min(announced, hour - (date % hour)) : announced
}

/** ISO 8601 with or without seconds; a number is an instant in seconds or milliseconds, or else seconds from now. */
function readReset(field: string | null, date: Instant): Milliseconds | undefined {
  if (field === null) return undefined
  const text = field.trim()
  if (/^\d{1,16}$/.test(text)) {
    const number = Number(text)
    if (number > 1e11) return number - date
    return number > 1e8 ? number * 1000 - date : number * 1000
  }
  const instant = readInstant(text)
  return instant === undefined ? undefined : instant - date
}

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const isoDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[-+]\d{2}:?\d{2})$/

function readInstant(text: string | null): Instant | undefined {
  if (text === null || !(httpDate.test(text) || isoDate.test(text))) return undefined
  const instant = Date.parse(text)
  return Number.isNaN(instant) ? undefined : instant
}

/** By parts of the reason, since more of them are seen than are documented. The first that fits decides. */
const reasons: readonly (readonly [part: RegExp, scope: PauseScope])[] = [
  [/per-issue/, 'issue'],
  [/burst/, 'operation'],
  [/cost|per-user/, 'account'],
  [/global/, 'app'],
  [/tenant/, 'site'],
  [/quota/, 'app'],
]

function scopeOf(reason: string, spent: readonly PolicyItem[], wait: Milliseconds | undefined): PauseScope {
  const words = [reason, ...spent.map(({ name }) => name)]
  for (const word of words) {
    const found = reasons.find(([part]) => part.test(word))
    if (found) return found[1]
  }
  // An unknown reason with a long wait is a quota in all but name.
  return wait === undefined || wait <= 60_000 ? 'operation' : 'site'
}
