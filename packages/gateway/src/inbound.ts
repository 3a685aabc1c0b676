import { rateLimitFields } from '@telamon/rate-limiter'
import type { Budget, Cost, Limiter, LimitKey, Taken } from '@telamon/rate-limiter'
import type { Admission, LimitRefusal, LimitState, Person, ToolFacts } from '@telamon/tool-registry'

/** The limits of those who come in. */
export interface Inbound {
  /** Decides for people who are known. */
  readonly limiter: Pick<Limiter, 'take' | 'budget'>
  /**
   * Whose budgets a call counts against, the narrowest first. Default: the person, and their site when they allowed one
   * only. With several, the app charges the site, as soon as it knows which.
   */
  readonly keys?: (person: Person, tool?: Pick<ToolFacts, 'name' | 'tier'>) => readonly LimitKey[]
  /** What one call of a tool counts as. Default: 1. */
  readonly cost?: (tool: Pick<ToolFacts, 'name' | 'tier'>) => Cost
  /** Decides for addresses whose requests bring no valid token, under keys such as `address:203.0.113.7`. */
  readonly strangers?: Pick<Limiter, 'take'>
}

/** A person's limits for one request. Fields are those of the last decision, or the present state without one. */
export function admissionOf(
  { limiter, keys = defaultKeys, cost = one }: Pick<Inbound, 'limiter' | 'keys' | 'cost'>,
  person: Person,
  fields: Readonly<Record<string, string>>,
): Admission {
  let taken: Taken | undefined
  return {
    take(tool) {
      taken = limiter.take(keys(person, tool), cost(tool))
      return taken.ok ? { ok: true } : refusalOf(taken)
    },
    headers: () => ({ ...fields, ...limitFields(taken ?? presentState(limiter, keys(person))) }),
  }
}

/** The same for a server without limits. */
export function unlimited(fields: Readonly<Record<string, string>>): Admission {
  return { take: () => ({ ok: true }), headers: () => fields }
}

const one = (): Cost => 1

/**
 * How a person stands at this moment, for their account page or a tool that tells it. Nothing is charged. What goes beyond
 * the person and their only site is for the app to add.
 */
export function limitStates(
  { limiter, keys = defaultKeys }: Pick<Inbound, 'keys'> & { readonly limiter: Pick<Limiter, 'budget'> },
  person: Person,
): readonly LimitState[] {
  return keys(person).flatMap((key) => limiter.budget(key).map(limitState))
}

function defaultKeys({ subject, choices }: Person): readonly LimitKey[] {
  const [site] = choices
  return choices.length === 1 && site !== undefined
    ? [`user:${subject}`, `site:${site}`]
    : [`user:${subject}`]
}

function presentState(limiter: Pick<Limiter, 'budget'>, keys: readonly LimitKey[]): Taken {
  return { ok: true, budgets: keys.flatMap((key) => limiter.budget(key)) }
}

/** Without spread: what the fields say is what the refusal says. `Retry-After` is added where a status needs it. */
function limitFields(taken: Taken): Readonly<Record<string, string>> {
  if (taken.budgets.length === 0) return {}
  const { 'Retry-After': _wait, ...fields } = rateLimitFields(
    taken.budgets,
    taken.ok ? undefined : taken,
    () => 0,
  )
  return fields
}

function refusalOf({ retryAfterMs, violated, budgets }: Extract<Taken, { ok: false }>): LimitRefusal {
  return { ok: false, retryAfterMs, violated, limits: budgets.map(limitState) }
}

/** A budget in the words that answers use. */
export function limitState({ policy, unit, limit, window, remaining, resetMs }: Budget): LimitState {
  return { policy, unit, limit, windowSeconds: window, remaining, resetSeconds: Math.ceil(resetMs / 1000) }
}
