import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { AuthStore } from '@telamon/oauth'
import type { VaultStore } from '@telamon/vault'

/** The engines that instances can share. */
export const engineNames = ['sqlite', 'redis', 'postgres'] as const
export type EngineName = (typeof engineNames)[number]

/** A store that is open in this process. */
export interface OpenEngine {
  readonly auth: AuthStore
  readonly vault: VaultStore
  readonly close: () => void | Promise<void>
}

/** Where an engine keeps the proofs: a folder of its own, or a name of its own in a database of tests. */
export interface EnginePlace {
  readonly engine: EngineName
  readonly address: string
  readonly remove: () => void
}

const redis = process.env['TELAMON_TEST_REDIS'] ?? 'redis://127.0.0.1:6379/15'
const postgres = process.env['TELAMON_TEST_POSTGRES'] ?? 'postgres://root@127.0.0.1:5432/test'
const name = 'telamon_proofs'
const nothing = (): void => undefined

/** Finds a place for an engine. */
export function placeFor(engine: EngineName): EnginePlace {
  if (engine === 'redis') return { engine, address: redis, remove: nothing }
  if (engine === 'postgres') return { engine, address: postgres, remove: nothing }
  const folder = mkdtempSync(join(tmpdir(), 'telamon-proofs-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  return { engine, address: join(folder, 'telamon.db'), remove }
}

/** Opens the store at a place, as one more instance. A process loads the one driver that it needs. */
export async function openEngine(engine: EngineName, address: string): Promise<OpenEngine> {
  if (engine === 'redis') {
    const { createRedisStore } = await import('@telamon/store-redis')
    return createRedisStore({ url: address, prefix: name })
  }
  if (engine === 'postgres') {
    const { createPostgresStore } = await import('@telamon/store-postgres')
    return createPostgresStore({ url: address, schema: name })
  }
  const { createSqliteStore } = await import('@telamon/store-sqlite')
  return createSqliteStore({ path: address })
}
