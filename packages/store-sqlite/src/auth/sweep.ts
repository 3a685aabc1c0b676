import type { AuthStore, SweepKind } from '@telamon/oauth'

import type { Database } from '../database.ts'

/** When a row of each kind has ended. */
const ended: Readonly<Record<SweepKind, { readonly table: string; readonly when: string }>> = {
  tx: { table: 'tx', when: 'expires_at <= :now' },
  login: { table: 'login', when: 'expires_at <= :now' },
  pending: { table: 'pending', when: 'expires_at <= :now' },
  code: { table: 'code', when: 'expires_at <= :now' },
  access: { table: 'access', when: 'expires_at <= :now' },
  family: { table: 'family', when: 'expires_at <= :now' },
  grant: { table: 'grants', when: 'revoked_at IS NOT NULL AND forgotten = 1 AND keep_until <= :now' },
  client: { table: 'client', when: 'expires_at <= :now' },
  cimd: { table: 'cimd', when: 'expires_at <= :now' },
  jti: { table: 'jti', when: 'expires_at <= :now' },
  bucket: { table: 'bucket', when: 'full_at <= :now' },
}

/** Removes what has ended, a batch a statement, so that other writers get their turn in between. */
export function createSweep({ prepare }: Database): AuthStore['sweep'] {
  const statements = Object.fromEntries(
    Object.entries(ended).map(([kind, { table, when }]) => [
      kind,
      prepare(`DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${when} LIMIT :limit)`),
    ]),
  )
  return async (kind, now, limit) => statements[kind]?.run({ now, limit }) ?? 0
}
