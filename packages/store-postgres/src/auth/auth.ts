import type { AuthStore } from '@telamon/oauth'

import type { Database } from '../database.ts'
import { createBounded } from './bounded.ts'
import { createClients } from './clients.ts'
import { createGrants } from './grants.ts'
import { createShortLived } from './short-lived.ts'
import { createSweep } from './sweep.ts'
import { createTokens } from './tokens.ts'

/** What the authorization server keeps. */
export function createAuthPort(database: Database, schema: string): AuthStore {
  const bounded = createBounded(database, schema)
  return {
    ...createShortLived(database, bounded),
    ...createGrants(database),
    ...createTokens(database),
    ...createClients(database, bounded),
    sweep: createSweep(database),
  }
}
