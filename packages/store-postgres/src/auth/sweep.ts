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
  grant: { table: 'grants', when: 'forgotten AND keep_until <= :now' },
  client: { table: 'client', when: 'expires_at <= :now' },
  cimd: { table: 'cimd', when: 'expires_at <= :now' },
  jti: { table: 'jti', when: 'expires_at <= :now' },
  bucket: { table: 'bucket', when: 'full_at <= :now' },
}

/** Removes what has ended, a batch a statement. Rows that somebody holds are left for the next time. */
export function createSweep({ prepare }: Database): AuthStore['sweep'] {
  const statements = new Map(
    Object.entries(ended).map(([kind, { table, when }]) => [
      kind,
      prepare(`
        DELETE FROM @${table}
         WHERE ctid = ANY (ARRAY(SELECT ctid FROM @${table} WHERE ${when} LIMIT :limit FOR UPDATE SKIP LOCKED))`),
    ]),
  )
  return async (kind, now, limit) => (await statements.get(kind)?.run({ now, limit })) ?? 0
}
