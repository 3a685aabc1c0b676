import type { GrantRecord } from '@telamon/oauth'

import { json, number, optional, type Row, text } from '../columns.ts'

const names = [
  'id',
  'client_id',
  'client_name',
  'subject',
  'label',
  'resource',
  'scopes',
  'choices',
  'device_hash',
  'created_at',
  'last_used_at',
  'expires_at',
  'revoked_at',
  'revoked_reason',
  'keep_until',
  'superseded_by',
]

/** The columns of a grant under names that no other table has, for joins. */
export const grantColumns = names.map((name) => `grants.${name} AS grant_${name}`).join(', ')

/** Reads what {@link grantColumns} selected. */
export const toGrant = (row: Row): GrantRecord => ({
  id: text(row, 'grant_id'),
  clientId: text(row, 'grant_client_id'),
  clientName: text(row, 'grant_client_name'),
  subject: text(row, 'grant_subject'),
  label: text(row, 'grant_label'),
  resource: text(row, 'grant_resource'),
  scopes: json(row, 'grant_scopes'),
  choices: json(row, 'grant_choices'),
  deviceHash: text(row, 'grant_device_hash'),
  createdAt: number(row, 'grant_created_at'),
  lastUsedAt: number(row, 'grant_last_used_at'),
  expiresAt: number(row, 'grant_expires_at'),
  ...(row['grant_revoked_at'] !== null && {
    revoked: {
      at: number(row, 'grant_revoked_at'),
      reason: text(row, 'grant_revoked_reason'),
      keepUntil: number(row, 'grant_keep_until'),
    },
  }),
  ...optional('supersededBy', text, [row, 'grant_superseded_by']),
})
