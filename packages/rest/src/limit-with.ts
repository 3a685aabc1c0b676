import type { LimitKey, Limiter } from '@telamon/rate-limiter'

import { AtlassianError } from './errors.ts'
import type { AnsweredCall, Hooks, PendingAttempt } from './hooks.ts'
import type * as LimiterParts from './limiter-parts.ts'
import { limitKeysOf } from './limits.ts'
import { onDemand } from './on-demand.ts'
import { pointsAhead, pointsSpent } from './points.ts'

const loadLimiterParts = onDemand(() => import('./limiter-parts.ts'))

/** In whose name a limiter keeps its books. */
export interface LimitWithOptions {
  /** The OAuth app whose points are spent. */
  readonly app?: string
  /** The account behind the credentials, for budgets that count by account. */
  readonly account?: string
  /** Who waits, for a fair turn among persons. */
  readonly person?: string
  /** In milliseconds since 1970. */
  readonly now?: () => number
}

/** What is used of a limiter: `createLimiter` gives more. */
export type OutboundLimiter = Pick<Limiter, 'acquire' | 'spent' | 'pause' | 'learn'>

/**
 * Hooks that hold each attempt back until the limiter lets it go, and tell the limiter what the answer said: pauses that are
 * asked for, rates that are announced, points that were spent.
 */
export function limitWith(limiter: OutboundLimiter, options: LimitWithOptions = {}): Hooks {
  const { person, now = Date.now, ...books } = options
  /** Loaded before the first attempt, and so there for each answer. */
  let parts: typeof LimiterParts | undefined

  const keysOf = ({
    operation,
    input,
    tenant,
  }: Pick<PendingAttempt, 'operation' | 'input' | 'tenant'>): readonly LimitKey[] =>
    limitKeysOf(operation, input, {
      tenant,
      ...books,
      ...(parts && { familiesOf: parts.atlassianFamilies }),
    })

  async function acquire(attempt: PendingAttempt): Promise<void> {
    const { operation, input, signal, deadline } = attempt
    parts ??= await loadLimiterParts()
    try {
      await limiter.acquire(keysOf(attempt), {
        cost: { requests: 1, points: pointsAhead(operation, input) },
        signal,
        ...(Number.isFinite(deadline) && { deadline }),
        ...(person !== undefined && { person }),
      })
    } catch (error) {
      if (!parts.isLimitError(error)) throw error
      const detail =
        'It was held back by the limiter of this process, before Atlassian would have refused it.'
      throw new AtlassianError({
        code: 'rate_limited',
        operation,
        detail,
        retryAfterMs: error.retryAfterMs,
        cause: error,
      })
    }
  }

  /** Puts what was reserved right, in points. */
  function settle(call: Pick<AnsweredCall, 'operation' | 'input' | 'tenant'>, points: number): void {
    const difference = points - pointsAhead(call.operation, call.input)
    if (difference !== 0) limiter.spent(keysOf(call), { requests: 0, points: difference })
  }

  return {
    beforeRequest: acquire,
    afterResponse: (attempt) => {
      const { status, headers, milliseconds: took, attempt: number } = attempt
      parts?.heed(limiter, keysOf(attempt), { status, headers, now: now(), took, attempt: number })
      // What was refused for its rate cost nothing, any other refusal the request itself. A 5xx may have cost all of it.
      if (status >= 400 && status < 500) settle(attempt, status === 429 ? 0 : 1)
    },
    afterAnswer: (call) => settle(call, pointsSpent(call.operation, call.answer)),
  }
}
