import { orAbort } from '../or-abort.ts'
import type { AuthStrategy } from './strategy.ts'

/** What a source of tokens is told. */
export interface TokenRequest {
  /** Ends the waiting. */
  readonly signal: AbortSignal
  /** A token that Atlassian has answered with 401: give another, or the same when there is none. */
  readonly rejected?: string
}

/** Gives an access token, from a cache of its own or by refreshing. Asked before each attempt. */
export type TokenSource = (request: TokenRequest) => string | Promise<string>

/** @see RFC 6750, section 2.1 */
const scheme = 'Bearer '

/** In milliseconds. What belongs to several callers ends by itself, not with one of them. */
const longestRenewal = 60_000

/** Lets callers who want the same thing at the same time have it from one run. */
export function createSingleFlight<Value>(): (
  key: string,
  run: (signal: AbortSignal) => Promise<Value>,
  signal: AbortSignal,
) => Promise<Value> {
  const running = new Map<string, Promise<Value>>()

  async function start(key: string, run: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    try {
      return await run(AbortSignal.timeout(longestRenewal))
    } finally {
      running.delete(key)
    }
  }
  return (key, run, signal) => {
    const shared = running.get(key) ?? start(key, run)
    running.set(key, shared)
    return orAbort(shared, signal)
  }
}

/** What a strategy with a bearer token does, whatever its tokens come from. */
export function bearer(token: TokenSource): Required<Pick<AuthStrategy, 'headers' | 'onUnauthorized'>> {
  const renewals = createSingleFlight<boolean>()
  return {
    headers: async ({ signal }) => ({ authorization: scheme + (await token({ signal })) }),
    // One renewal, however many calls were refused with the same token at the same time.
    onUnauthorized: ({ sent, signal }) => {
      const rejected = sent['authorization']?.slice(scheme.length) ?? ''
      return renewals(rejected, async (own) => (await token({ signal: own, rejected })) !== rejected, signal)
    },
  }
}
