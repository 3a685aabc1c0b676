import {
  cloudProfile,
  createMemoryVaultStore,
  createVault,
  type Vault,
  type VaultEvent,
  type VaultKeys,
  type VaultOptions,
} from '../src/index.ts'
import {
  createHandClock,
  createUpstream,
  type HandClock,
  type Upstream,
  type UpstreamOptions,
} from '../src/testing/index.ts'

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export const callbackUrl = 'https://telamon.example/callback'
const client = { id: 'app', secret: 'app-secret' }

/** Keys by name; the last one is current. */
export const ring = (...kids: readonly string[]): VaultKeys => {
  const all = kids.map((kid) => ({ kid, key: Buffer.alloc(32, kid) }))
  const current = all.at(-1)
  if (current === undefined) throw new Error('A ring needs a key')
  return { current, find: (kid) => all.find((key) => key.kid === kid) }
}

export const sites = [
  { id: 'c-beta', url: 'https://beta.example', name: 'beta', scopes: ['read:jira-work'] },
  { id: 'c-alpha', url: 'https://alpha.example/', name: 'alpha', scopes: ['read:jira-work', 'read:me'] },
  { id: 'c-alpha', url: 'https://alpha.example', name: 'alpha', scopes: ['search:confluence'] },
]

export interface World {
  readonly clock: HandClock
  readonly upstream: Upstream
  readonly store: ReturnType<typeof createMemoryVaultStore>
  readonly events: VaultEvent[]
  /** Another instance over the same store. */
  readonly instance: (options?: Partial<VaultOptions>) => Vault
  /** The first instance. */
  readonly vault: Vault
}

export function createWorld(
  options: Partial<VaultOptions> = {},
  more: Pick<UpstreamOptions, 'services' | 'apiTokens'> = {},
): World {
  const clock = createHandClock()
  const upstream = createUpstream({ now: clock.now, client, sites, ...more })
  const store = createMemoryVaultStore()
  const events: VaultEvent[] = []
  const instance = (own: Partial<VaultOptions> = {}): Vault =>
    createVault({
      profile: cloudProfile(),
      client,
      store,
      keys: ring('k1'),
      upstreamScopes: (permissions) => permissions.map((permission) => `upstream-${permission}`),
      fetch: upstream.fetch,
      now: clock.now,
      sleep: clock.sleep,
      observe: (event) => void events.push(event),
      ...options,
      ...own,
    })
  return { clock, upstream, store, events, instance, vault: instance() }
}

/** Signs in through the whole of the sign-in, and keeps the connection under the grant's id. */
export async function signIn({ vault, upstream }: World, grantId = 'g1'): Promise<void> {
  const login = { callbackUrl, scopes: ['jira:read'] }
  const { url, memo } = await vault.signIn.begin({ ...login, state: `state-${grantId}` })
  const back = upstream.approve(url)
  const signedIn = await vault.signIn.finish(back.searchParams, { ...login, ...(memo && { memo }) })
  await vault.signIn.keep(
    grantId,
    signedIn,
    signedIn.choices.map(({ id }) => id),
  )
}

/** A world with one person who has signed in as grant `g1`, an hour of token before them. */
export async function createSignedInWorld(options: Partial<VaultOptions> = {}): Promise<World> {
  const world = createWorld(options)
  await signIn(world)
  return world
}

export const refreshesSeen = ({ upstream }: World): number =>
  upstream.requests.filter((form) => form.get('grant_type') === 'refresh_token').length
