import type { CodeRecord } from '@telamon/oauth'

import { json, number, optional, text } from '../columns.ts'
import type { Database, Row } from '../database.ts'

/** The table of authorization codes, for the transactions that it has a part in. */
export interface CodeTable {
  readonly insert: (code: CodeRecord) => void
  readonly read: (hash: string) => CodeRecord | undefined
  /** Marks a code as consumed and names its grant, if the code is fresh and its grant not revoked. */
  readonly consume: (hash: string, now: number) => string | undefined
}

/** Prepares the statements of codes. */
export function createCodeTable({ prepare }: Database): CodeTable {
  const insert = prepare(`
    INSERT INTO code (hash, grant_id, client_id, redirect_uri, challenge, resource, scopes, expires_at, consumed_at)
    VALUES (:hash, :grantId, :clientId, :redirectUri, :challenge, :resource, :scopes, :expiresAt, :consumedAt)`)
  const read = prepare('SELECT * FROM code WHERE hash = :hash')
  const consume = prepare(`
    UPDATE code SET consumed_at = :now
     WHERE hash = :hash AND consumed_at IS NULL AND expires_at > :now
       AND EXISTS (SELECT 1 FROM grants WHERE grants.id = code.grant_id AND grants.revoked_at IS NULL)
    RETURNING grant_id`)
  return {
    insert({ scopes, consumedAt = null, ...columns }) {
      const { hash, grantId, clientId, redirectUri, challenge, resource, expiresAt } = columns
      const texts = { hash, grantId, clientId, redirectUri, challenge, resource }
      insert.run({ ...texts, scopes: JSON.stringify(scopes), expiresAt, consumedAt })
    },
    read(hash) {
      const row = read.get({ hash })
      return row && toCode(row)
    },
    consume(hash, now) {
      const row = consume.get({ hash, now })
      return row && text(row, 'grant_id')
    },
  }
}

const toCode = (row: Row): CodeRecord => ({
  hash: text(row, 'hash'),
  grantId: text(row, 'grant_id'),
  clientId: text(row, 'client_id'),
  redirectUri: text(row, 'redirect_uri'),
  challenge: text(row, 'challenge'),
  resource: text(row, 'resource'),
  scopes: json(row, 'scopes'),
  expiresAt: number(row, 'expires_at'),
  ...optional('consumedAt', number, [row, 'consumed_at']),
})
