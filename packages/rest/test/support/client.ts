import { basicAuth, createRest, isAtlassianError } from '../../src/index.ts'
import type { AtlassianError, Rest, RestOptions } from '../../src/index.ts'
import { createSkippingClock, createUpstream } from '../../src/testing/index.ts'
import type { SkippingClock, Step, Upstream } from '../../src/testing/index.ts'

export const site = 'https://demo.atlassian.net'

export interface Scripted extends Rest {
  readonly upstream: Upstream
  readonly clock: SkippingClock
}

/** A client whose upstream plays these steps, and whose waits take no time. */
export function scripted(steps: readonly Step[], options: Partial<RestOptions> = {}): Scripted {
  const upstream = createUpstream(...steps)
  const clock = createSkippingClock()
  const rest = createRest({
    auth: basicAuth({ site, email: 'ada@example.com', apiToken: 'secret' }),
    fetch: upstream.fetch,
    now: clock.now,
    sleep: clock.sleep,
    random: () => 0.5,
    ...options,
  })
  return { ...rest, upstream, clock }
}

/** The error of a call that has to fail. */
export async function failure(call: Promise<unknown>): Promise<AtlassianError> {
  try {
    await call
  } catch (error) {
    if (isAtlassianError(error)) return error
    throw error
  }
  throw new Error('The call did not fail.')
}
