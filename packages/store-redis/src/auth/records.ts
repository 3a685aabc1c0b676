import type {
  AccessRecord,
  CimdRecord,
  ClientRecord,
  CodeRecord,
  FamilyRecord,
  GrantRecord,
  LoginRecord,
  PendingRecord,
  TxRecord,
} from '@telamon/oauth'

import { flag, json, number, optional, type Row, text } from '../rows.ts'

/** Readers of the rows that `toFields` wrote. */
export const toTx = (row: Row): TxRecord => ({
  id: text(row, 'id'),
  request: json(row, 'request'),
  approveBy: number(row, 'approveBy'),
  expiresAt: number(row, 'expiresAt'),
})

export const toLogin = (row: Row): LoginRecord => ({
  stateHash: text(row, 'stateHash'),
  browserHash: text(row, 'browserHash'),
  txId: text(row, 'txId'),
  scopes: json(row, 'scopes'),
  ...optional(row, 'memo', text),
  deviceHash: text(row, 'deviceHash'),
  expiresAt: number(row, 'expiresAt'),
})

export const toPending = (row: Row): PendingRecord => ({
  id: text(row, 'id'),
  browserHash: text(row, 'browserHash'),
  txId: text(row, 'txId'),
  scopes: json(row, 'scopes'),
  deviceHash: text(row, 'deviceHash'),
  signedIn: json(row, 'signedIn'),
  expiresAt: number(row, 'expiresAt'),
})

export const toGrant = (row: Row): GrantRecord => ({
  id: text(row, 'id'),
  clientId: text(row, 'clientId'),
  clientName: text(row, 'clientName'),
  subject: text(row, 'subject'),
  label: text(row, 'label'),
  resource: text(row, 'resource'),
  scopes: json(row, 'scopes'),
  choices: json(row, 'choices'),
  deviceHash: text(row, 'deviceHash'),
  createdAt: number(row, 'createdAt'),
  lastUsedAt: number(row, 'lastUsedAt'),
  expiresAt: number(row, 'expiresAt'),
  ...(row['revokedAt'] !== undefined && {
    revoked: {
      at: number(row, 'revokedAt'),
      reason: text(row, 'revokedReason'),
      keepUntil: number(row, 'keepUntil'),
    },
  }),
  ...optional(row, 'supersededBy', text),
})

export const toCode = (row: Row): CodeRecord => ({
  hash: text(row, 'hash'),
  grantId: text(row, 'grantId'),
  clientId: text(row, 'clientId'),
  redirectUri: text(row, 'redirectUri'),
  challenge: text(row, 'challenge'),
  resource: text(row, 'resource'),
  scopes: json(row, 'scopes'),
  expiresAt: number(row, 'expiresAt'),
  ...optional(row, 'consumedAt', number),
})

export const toFamily = (row: Row): FamilyRecord => ({
  id: text(row, 'id'),
  grantId: text(row, 'grantId'),
  clientId: text(row, 'clientId'),
  generation: number(row, 'generation'),
  kid: text(row, 'kid'),
  rotatedAt: number(row, 'rotatedAt'),
  used: flag(row, 'used'),
  expiresAt: number(row, 'expiresAt'),
  absoluteExpiresAt: number(row, 'absoluteExpiresAt'),
  revoked: flag(row, 'revoked'),
})

export const toAccess = (row: Row): AccessRecord => ({
  hash: text(row, 'hash'),
  grantId: text(row, 'grantId'),
  clientId: text(row, 'clientId'),
  ...optional<'family', NonNullable<AccessRecord['family']>>(row, 'family', json),
  scopes: json(row, 'scopes'),
  expiresAt: number(row, 'expiresAt'),
})

export const toClient = (row: Row): ClientRecord => ({
  id: text(row, 'id'),
  metadata: json(row, 'metadata'),
  ...optional(row, 'secretHash', text),
  createdAt: number(row, 'createdAt'),
  ...optional(row, 'lastUsedAt', number),
  expiresAt: number(row, 'expiresAt'),
})

export const toCimd = (row: Row): CimdRecord => ({
  url: text(row, 'url'),
  metadata: json(row, 'metadata'),
  fetchedAt: number(row, 'fetchedAt'),
  freshUntil: number(row, 'freshUntil'),
  expiresAt: number(row, 'expiresAt'),
})
