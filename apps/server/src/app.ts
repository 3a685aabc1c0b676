import { createGateway } from '@telamon/gateway'
import type { Gateway } from '@telamon/gateway'
import { createAuthorizationServer, createKeyRing, createProtectedResource } from '@telamon/oauth'
import type { Grants } from '@telamon/oauth'
import { limitWith } from '@telamon/rest'
import { createMcp } from '@telamon/tool-registry'
import { cloudProfile, createVault } from '@telamon/vault'
import type { Vault } from '@telamon/vault'
import type { Logger } from 'pino'

import { describeAccount } from './account.ts'
import { Fault } from './fault.ts'
import { rootKeys } from './keys.ts'
import { chargeSite, createLimits } from './limits.ts'
import { createOffer, mostScopes } from './offer.ts'
import { openStore } from './open-store.ts'
import { permissions, usual } from './permissions.ts'
import { createReadiness } from './readiness.ts'
import { createServices } from './services.ts'
import type { Services } from './services.ts'
import type { Settings } from './settings.ts'
import { logEvents } from './telemetry.ts'
import { version } from './version.ts'

const HOUR_MS = 3_600_000

/** The server, put together. */
export interface App extends Pick<Gateway, 'fetch' | 'drain'> {
  /** Loads what the first request would wait for. */
  readonly warm: () => Promise<void>
  /** What has to be right before it listens. Throws a Fault that says what to do. */
  readonly check: () => Promise<void>
  /** Ends what has lapsed and finishes what was interrupted. For the start, and every minute after it. */
  readonly sweep: (signal: AbortSignal) => Promise<void>
  /** For operators. */
  readonly grants: Pick<Grants, 'forgetPerson'>
  readonly vault: Pick<Vault, 'rekey'>
  readonly close: () => Promise<void>
}

/** Composes the server from its settings. Nothing listens yet, and nothing is sent. */
export async function createApp(settings: Settings, log: Logger): Promise<App> {
  const keys = createKeyRing(rootKeys(settings))
  const store = await openStore(settings.TELAMON_STORE, logEvents(log, 'store'))
  const { registry, offered } = createOffer(settings)
  const limits = createLimits(settings.TELAMON_PLAN, store.limiter)

  const vault = createVault({
    profile: cloudProfile({ auth: settings.ATLASSIAN_AUTH, gateway: settings.ATLASSIAN_GATEWAY }),
    client: { id: settings.ATLASSIAN_CLIENT_ID, secret: settings.ATLASSIAN_CLIENT_SECRET },
    store: store.vault,
    keys: keys.derive('vault-kek'),
    upstreamScopes: registry.upstreamScopes,
    endGrant: async (grantId) => {
      await authorization.grants.revoke(grantId, 'upstream_dead')
    },
    observe: logEvents(log, 'vault'),
  })
  const origin = settings.TELAMON_URL
  const addresses = ['/mcp', '/v1/mcp'].map((path) => `${origin}${path}`)
  const authorization = createAuthorizationServer({
    issuer: origin,
    resources: addresses.map((url) => ({ url })),
    scopes: permissions,
    store: store.auth,
    signIn: vault.signIn,
    keys,
    policy: {
      registration: settings.TELAMON_REGISTRATION === 'on' ? 'open' : 'off',
      registrationPerAddress: {
        capacity: settings.TELAMON_REGISTRATIONS,
        everyMs: HOUR_MS / settings.TELAMON_REGISTRATIONS,
      },
      registrationInAll: { capacity: 20 * settings.TELAMON_REGISTRATIONS, everyMs: 10_000 },
    },
    pages: { product: 'Telamon', provider: 'Atlassian' },
    describeAccount: describeAccount(vault),
    observe: logEvents(log, 'oauth'),
  })
  /** The location without a path tells clients of older revisions about the first address. */
  const resourceAt = (path: '/mcp' | '/v1/mcp') =>
    createProtectedResource({
      resource: origin + path,
      root: path === '/mcp',
      issuer: origin,
      scopes: usual,
      verify: authorization.verify,
      name: 'Telamon',
    })

  const mcp = createMcp<Services>({
    name: 'telamon',
    title: 'Telamon: Jira and Confluence',
    version,
    registry,
    limits: offered,
    refusals: settings.TELAMON_REFUSALS,
    results: settings.TELAMON_RESULTS,
    confirm: { tiers: settings.TELAMON_CONFIRM, key: keys.derive('confirmation').current.key },
    observe: logEvents(log, 'mcp'),
  })

  const gateway = createGateway({
    url: origin,
    mcp,
    authorization,
    resource: resourceAt('/mcp'),
    also: { '/v1/mcp': resourceAt('/v1/mcp') },
    services: createServices({
      vault,
      gateway: settings.ATLASSIAN_GATEWAY,
      hooksFor: ({ subject }) =>
        limitWith(limits.outbound, { app: settings.ATLASSIAN_CLIENT_ID, person: subject }),
      chargeSite: (cloudId) => chargeSite(limits.inbound, cloudId),
      observe: logEvents(log, 'rest'),
    }),
    inbound: { limiter: limits.inbound, strangers: limits.strangers },
    health: { ready: createReadiness(async () => (await authorization.missingKeys()).length === 0) },
    observe: logEvents(log, 'gateway'),
  })

  return {
    warm: mcp.warm,
    grants: authorization.grants,
    vault,
    fetch: gateway.fetch,
    drain: gateway.drain,
    async check() {
      const asked = vault.signIn.describe(usual.useful).length
      if (asked > mostScopes)
        throw new Fault(
          `The enabled tools need ${asked} scopes, and Atlassian lets an app ask for ${mostScopes}. Leave some out with TELAMON_TOOLSETS, TELAMON_TIERS or TELAMON_READONLY; "telamon-server scopes" lists what each choice needs.`,
        )
      await vault.checkKeys()
      const [missing] = await authorization.missingKeys()
      if (missing !== undefined) {
        throw new Fault(
          `The key ${missing} is missing, and sign-ins still need it. Put it back into TELAMON_KEYS or the key file, behind the newest.`,
        )
      }
    },
    async sweep(signal) {
      await Promise.all([
        vault.sweep({ signal }),
        authorization.sweep({ signal }),
        store.limiter.sweep(Date.now()),
      ])
    },
    async close() {
      await vault.drain({ signal: AbortSignal.timeout(10_000) })
      await limits.inbound.flush()
      await store.close()
    },
  }
}
