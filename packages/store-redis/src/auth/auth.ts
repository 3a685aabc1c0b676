import type { AuthStore } from '@telamon/oauth'

import type { Prepare } from '../scripts.ts'
import { createClients } from './clients.ts'
import { createGrants } from './grants.ts'
import { createShortLived } from './short-lived.ts'
import { createSweep } from './sweep.ts'
import { createTokens } from './tokens.ts'

/** What the authorization server keeps. `now` stands in where an operation is told no time. */
export function createAuthPort(prepare: Prepare, now: () => number): AuthStore {
  return {
    ...createShortLived(prepare, now),
    ...createGrants(prepare, now),
    ...createTokens(prepare, now),
    ...createClients(prepare, now),
    sweep: createSweep(prepare),
  }
}
