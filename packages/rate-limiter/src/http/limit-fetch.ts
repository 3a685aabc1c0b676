import { heed } from '../heed.ts'
import type { AcquireOptions, Limiter } from '../limiter.ts'
import type { Instant, LimitKey } from '../rule.ts'

/** How calls are limited. */
export interface LimitFetchOptions {
  readonly limiter: Pick<Limiter, 'enter' | 'pause' | 'learn'>
  /** Whose budgets a request uses, from the narrowest to the widest. */
  readonly keysOf: (request: Request) => readonly LimitKey[]
  /** Cost, person, priority and deadline of a request. Its own signal ends the waiting in any case. */
  readonly wishesOf?: (request: Request) => Omit<AcquireOptions, 'signal'>
  readonly fetch?: (request: Request) => Promise<Response>
  readonly now?: () => Instant
  /**
   * How often a request is sent, when it is refused with 429, each time after the pause that was asked for. Such a request
   * has not been processed, so that repeating it is safe. Default: 3.
   */
  readonly attempts?: number
}

/**
 * A `fetch` that waits for its turn, and learns from every answer. Rejects with `LimitError` when the turn cannot come in
 * time, and with what `fetch` rejects with. A slot is free again when the head of the answer is there.
 */
export function limitFetch(options: LimitFetchOptions): typeof globalThis.fetch {
  const { limiter, keysOf, wishesOf, fetch = globalThis.fetch, now = Date.now, attempts = 3 } = options

  async function once(request: Request, attempt: number): Promise<Response> {
    const keys = keysOf(request)
    const permit = await limiter.enter(keys, { ...wishesOf?.(request), signal: request.signal })
    const begin = now()
    try {
      const response = await fetch(attempt < attempts && request.body ? request.clone() : request)
      const end = now()
      heed(limiter, keys, {
        status: response.status,
        headers: response.headers,
        now: end,
        took: Math.max(0, end - begin),
        attempt,
      })
      return response
    } finally {
      permit.end()
    }
  }

  return async (input, init) => {
    const request = new Request(input, init)
    for (let attempt = 1; ; attempt += 1) {
      const response = await once(request, attempt)
      if (response.status !== 429 || attempt >= attempts) return response
      await response.body?.cancel()
    }
  }
}
