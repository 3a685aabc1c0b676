import type { RedisStore } from '../src/index.ts'

export const now = Date.UTC(2026, 0, 1, 12)
const hour = 3_600_000
const expiresAt = now + hour
const scopes = ['jira:read']
const metadata = { name: 'n', redirectUris: ['u'], authMethod: 'none', grantTypes: [] } as const
const browser = { browserHash: 'b', txId: 't', scopes, deviceHash: 'd', expiresAt }
const bound = { clientId: 'c', redirectUri: 'u', challenge: 'c', resource: 'r', scopes, expiresAt }

const tx = (id: string) => ({
  id,
  request: {
    client: { id: 'c', name: 'n', origin: { kind: 'configured' } },
    redirectUri: 'u',
    redirectUriAsSent: 'u',
    challenge: 'c',
    resource: 'r',
    scopes,
  } as const,
  approveBy: expiresAt,
  expiresAt,
})

const grant = (id: string) => ({
  id,
  clientId: 'c',
  clientName: 'n',
  subject: 's',
  label: 'l',
  resource: 'r',
  scopes,
  choices: ['site'],
  deviceHash: 'd',
  createdAt: now,
  lastUsedAt: now,
  expiresAt,
})

const family = (grantId: string) => ({
  id: `family of ${grantId}`,
  grantId,
  clientId: 'c',
  generation: 0,
  kid: 'k1',
  rotatedAt: now,
  used: false,
  expiresAt,
  absoluteExpiresAt: expiresAt,
  revoked: false,
})

const access = (grantId: string) => ({
  hash: `access of ${grantId}`,
  grantId,
  clientId: 'c',
  family: { id: `family of ${grantId}`, generation: 0 },
  scopes,
  expiresAt,
})

/** Puts something of everything into a store, with every member that may be absent. */
export async function fillWithEverything({ auth, vault, limiter }: RedisStore): Promise<void> {
  await auth.putTx(tx('t'), { limit: 9, now })
  await auth.putLogin({ stateHash: 's', memo: 'm', ...browser })
  const signedIn = { subject: 's', label: 'l', choices: [], sealed: 'x' }
  await auth.putPending({ id: 'p', signedIn, ...browser })
  await auth.reserveGrant('left behind', now)
  for (const id of ['live', 'ended', 'forgotten']) {
    const code = { hash: `code of ${id}`, grantId: id, ...bound }
    await auth.putTx(tx(id), { limit: 9, now })
    await auth.reserveGrant(id, expiresAt)
    await auth.createGrant({ grant: grant(id), code, txId: id, now })
    await auth.consumeCode({ hash: code.hash, now, family: family(id), access: access(id) })
    if (id !== 'live') await auth.supersede(id, 'live', { now, keepUntil: expiresAt })
  }
  await auth.markForgotten('forgotten')
  const client = { id: 'c', metadata, secretHash: 'h', createdAt: now, lastUsedAt: now, expiresAt }
  await auth.putClient(client, { limit: 9, now })
  await auth.putCimd({ url: 'u', metadata, fetchedAt: now, freshUntil: expiresAt, expiresAt })
  await auth.rememberJti({ clientId: 'c', hash: 'h', expiresAt, now })
  await auth.takeToken('b', { capacity: 2, everyMs: hour }, now)

  const ends = { accessExpiresAt: expiresAt, absoluteExpiresAt: expiresAt }
  for (const grantId of ['live', 'dead']) {
    await vault.putVault({ grantId, blob: 'sealed', kid: 'k1', createdAt: now, ...ends })
    const fence = { grantId, generation: 1, owner: 'o', now }
    await vault.claimRefresh({ ...fence, until: expiresAt })
    if (grantId === 'dead') await vault.markDead({ ...fence, reason: 'invalid_grant' })
  }
  await limiter.take([{ gate: { id: 'g', kind: 'calendar', limit: 9, window: hour }, cost: 1 }], now)
}
