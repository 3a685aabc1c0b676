import type { AuthStore } from '@telamon/oauth'

import type { Database } from '../database.ts'
import { createClients } from './clients.ts'
import { createCodeTable } from './codes.ts'
import { createGrants } from './grants.ts'
import { createShortLived } from './short-lived.ts'
import { createSweep } from './sweep.ts'
import { createTokens } from './tokens.ts'

/** What the authorization server keeps. */
export function createAuthPort(database: Database): AuthStore {
  const codes = createCodeTable(database)
  return {
    ...createShortLived(database),
    ...createGrants(database, codes),
    ...createTokens(database, codes),
    ...createClients(database),
    sweep: createSweep(database),
  }
}
