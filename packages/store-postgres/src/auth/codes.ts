import type { CodeRecord } from '@telamon/oauth'

import { json, number, optional, type Row, text } from '../columns.ts'
import type { Parameters } from '../statement.ts'

/** The columns of a code, and the parameters that {@link codeParameters} gives for them. */
export const codeColumns =
  'hash, grant_id, client_id, redirect_uri, challenge, resource, scopes, expires_at, consumed_at'
export const codeValues =
  ':codeHash, :grantId, :codeClientId, :redirectUri, :challenge, :codeResource, :codeScopes, :codeExpiresAt::bigint, :consumedAt::bigint'

/** What {@link codeValues} takes, apart from the grant. */
export const codeParameters = (code: CodeRecord): Parameters => ({
  codeHash: code.hash,
  codeClientId: code.clientId,
  redirectUri: code.redirectUri,
  challenge: code.challenge,
  codeResource: code.resource,
  codeScopes: JSON.stringify(code.scopes),
  codeExpiresAt: code.expiresAt,
  consumedAt: code.consumedAt ?? null,
})

export const toCode = (row: Row): CodeRecord => ({
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
