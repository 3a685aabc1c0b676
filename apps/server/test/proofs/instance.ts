import { setTimeout } from 'node:timers/promises'

import { createAuthorizationServer, createKeyRing } from '@telamon/oauth'
import type { AuthorizationServer, AuthStore } from '@telamon/oauth'
import { cloudProfile, createVault } from '@telamon/vault'
import type { Vault, VaultStore } from '@telamon/vault'

export const issuer = 'http://127.0.0.1:9'
export const resource = `${issuer}/mcp`

/** An instance of the server without its tools: authorization server and vault. */
export interface Instance {
  readonly authorization: AuthorizationServer
  readonly vault: Vault
}

/** What an instance is made of. */
export interface InstanceOptions {
  readonly auth: AuthStore
  readonly vault: VaultStore
  readonly upstream: string
  readonly now: () => number
  readonly fetch?: typeof globalThis.fetch
  /** How long a waiting caller sleeps between two looks, in milliseconds, in place of 50 to 250. */
  readonly pollMs?: number
}

/** Longer sleeps are time-outs. */
const longestPollMs = 250
const unlimited = { capacity: 1e9, everyMs: 1 }

/** Puts an instance together. All have the same keys. */
export function createInstance(options: InstanceOptions): Instance {
  const { auth, vault: store, upstream, now, pollMs } = options
  const { fetch = globalThis.fetch } = options
  const keys = createKeyRing([{ kid: 'k1', secret: new Uint8Array(32).fill(7) }])
  const vault = createVault({
    profile: cloudProfile({ auth: upstream, gateway: upstream }),
    client: { id: 'app', secret: 'secret' },
    store,
    keys: keys.derive('vault-kek'),
    upstreamScopes: (permissions) => permissions,
    now,
    fetch,
    sleep: (milliseconds, signal) =>
      setTimeout(milliseconds <= longestPollMs ? (pollMs ?? milliseconds) : milliseconds, undefined, {
        ...(signal && { signal }),
      }),
    endGrant: async (grantId) => {
      await authorization.grants.revoke(grantId, 'upstream_dead')
    },
  })
  const authorization = createAuthorizationServer({
    issuer,
    resources: [{ url: resource }],
    scopes: [
      { name: 'jira:read', label: 'Read', tier: 'read' },
      { name: 'jira:write', label: 'Write', tier: 'write', implies: ['jira:read'] },
    ],
    store: auth,
    signIn: vault.signIn,
    keys,
    now,
    limiter: { take: () => ({ ok: true, budgets: [] }) },
    policy: { registrationPerAddress: unlimited, registrationInAll: unlimited },
  })
  return { authorization, vault }
}
