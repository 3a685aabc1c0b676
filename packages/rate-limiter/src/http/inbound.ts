import { rateLimitFields } from '../fields.ts'
import type { AskOptions, Limiter, Permit } from '../limiter.ts'
import type { Cost, LimitKey } from '../rule.ts'

/** How requests are limited. */
export interface InboundOptions<Context> {
  readonly limiter: Pick<Limiter, 'tryEnter' | 'budget'>
  /** Whose budgets a request uses, from the narrowest to the widest. None: it is not limited. */
  readonly keysOf: (request: Request, context: Context) => readonly LimitKey[]
  readonly costOf?: (request: Request, context: Context) => Cost
  readonly askerOf?: (request: Request, context: Context) => AskOptions
  /** Whether budgets are told. Not to strangers: default `true`. */
  readonly publish?: boolean
}

/** What becomes of a request: a permit and fields for the answer, or the answer. */
export type Admitted =
  | { readonly permit: Permit | undefined; readonly fields: Readonly<Record<string, string>> }
  | { readonly refusal: Response }

/** Decides about a request at once. */
export function admit<Context>(
  options: InboundOptions<Context>,
  request: Request,
  context: Context,
): Admitted {
  const { limiter, keysOf, costOf, askerOf, publish = true } = options
  const keys = keysOf(request, context)
  if (keys.length === 0) return { permit: undefined, fields: {} }
  const permit = limiter.tryEnter(keys, costOf?.(request, context), askerOf?.(request, context))
  if (permit.ok) {
    const budgets = publish ? keys.flatMap((key) => limiter.budget(key)) : []
    return { permit, fields: budgets.length > 0 ? { ...rateLimitFields(budgets) } : {} }
  }
  const { 'Retry-After': wait, ...fields } = rateLimitFields(permit.budgets, permit)
  const headers = {
    'Content-Type': 'application/problem+json',
    ...(wait !== undefined && { 'Retry-After': wait }),
    ...(publish && permit.budgets.length > 0 && fields),
  }
  const problem = {
    type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
    title: 'Too many requests.',
    status: 429,
    detail: wait === undefined ? 'Ask for less at once.' : `Repeat the request in ${wait} seconds.`,
    ...(publish && { 'violated-policies': permit.violated }),
  }
  return { refusal: new Response(JSON.stringify(problem), { status: 429, headers }) }
}
