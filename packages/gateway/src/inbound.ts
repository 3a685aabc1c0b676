import type { Budget, Limiter, LimitKey } from '@telamon/rate-limiter'
import { rateLimitFields } from '@telamon/rate-limiter'
import type { Admission, LimitRefusal, LimitState, Person, ToolFacts } from '@telamon/tool-registry'

/** The limits of those who come in. */
export interface Inbound {
  /** Decides for people who are known. */
  readonly limiter: Pick<Limiter, 'take' | 'budget'>
  /**
   * Whose budgets a call counts against, the narrowest first. Default: the person, and their site when they allowed one
   * only; with several the app charges the site when it knows which.
   */
  readonly keys?: (person: Person, tool?: Pick<ToolFacts, 'name' | 'tier'>) => readonly LimitKey[]
  /** Decides for addresses whose requests bring no valid token, under keys such as `address:203.0.113.7`. */
  readonly strangers?: Pick<Limiter, 'take'>
}

/** Most policies in the header fields of one answer. */
const mostPolicies = 3

/** A person's limits for one request. Fields are those of the last decision, or the present state without one. */
export function admissionOf(
  { limiter, keys = defaultKeys }: Pick<Inbound, 'limiter' | 'keys'>,
  person: Person,
  fields: Readonly<Record<string, string>>,
): Admission {
  let budgets: readonly Budget[] | undefined
  return {
    take(tool) {
      const taken = limiter.take(keys(person, tool))
      budgets = taken.budgets
      return taken.ok ? taken : refusalOf(taken)
    },
    headers() {
      const shown = budgets ?? keys(person).flatMap((key) => limiter.budget(key))
      return { ...fields, ...rateLimitFields(nearestToTheirEnd(shown)) }
    },
  }
}

/** The same for a server without limits. */
export function unlimited(fields: Readonly<Record<string, string>>): Admission {
  return { take: () => ({ ok: true }), headers: () => fields }
}

function defaultKeys({ subject, choices }: Person): readonly LimitKey[] {
  const [site] = choices
  return choices.length === 1 && site !== undefined ? [`user:${subject}`, `site:${site}`] : [`user:${subject}`]
}

function refusalOf(taken: {
  readonly retryAfterMs: number
  readonly violated: readonly string[]
  readonly budgets: readonly Budget[]
}): LimitRefusal {
  const { retryAfterMs, violated, budgets } = taken
  return { ok: false, retryAfterMs, violated, limits: budgets.map(stateOf) }
}

function stateOf({ policy, unit, limit, window, remaining, resetMs }: Budget): LimitState {
  return { policy, unit, limit, windowSeconds: window, remaining, resetSeconds: Math.ceil(resetMs / 1000) }
}

/** In their own order, without those of which most is left. */
function nearestToTheirEnd(budgets: readonly Budget[]): readonly Budget[] {
  if (budgets.length <= mostPolicies) return budgets
  const kept = new Set(budgets.toSorted((a, b) => a.remaining / a.limit - b.remaining / b.limit).slice(0, mostPolicies))
  return budgets.filter((budget) => kept.has(budget))
}
