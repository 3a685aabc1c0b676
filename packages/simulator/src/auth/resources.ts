import type { Ground } from '../ground.ts'
import { ok, type Reply } from '../http/reply.ts'
import type { Grant } from '../world/auth-model.ts'
import type { Person } from '../world/model.ts'
import { uuidOf } from '../world/random.ts'
import { avatarUrl } from './avatars.ts'
import type { ScopeBook } from './scopes.ts'

/** What a token reaches. */
export interface Reach {
  readonly person: Person
  readonly grant: Grant
  readonly scopes: readonly string[]
  /** Only this site, for a token that was narrowed. */
  readonly cloudId?: string
}

/**
 * `GET /oauth/token/accessible-resources`: an entry for each site and product, each with the scopes that count there,
 * sorted by name, without those of the account (recorded, documented). The order of the entries is undefined there,
 * so here it follows from a hash, and nobody can rely on it.
 */
export function accessibleResources({ world, origins }: Ground, scopeBook: ScopeBook, reach: Reach): Reply {
  const { grant, person, scopes } = reach
  const entries = [...grant.sites]
    .filter((cloudId) => reach.cloudId === undefined || reach.cloudId === cloudId)
    .flatMap((cloudId) => {
      const site = world.sites.get(cloudId)
      const member = site?.members.get(person.accountId)
      if (!site || !member) return []
      return member.products.map((product) => ({
        order: uuidOf(`${grant.id} ${cloudId} ${product}`),
        entry: {
          id: cloudId,
          url: origins.site(site.name),
          name: site.name,
          scopes: scopes.filter((scope) => scopeBook.productOf(scope) === product).toSorted(),
          avatarUrl: `${origins.api}/simulator/avatars/site/${encodeURIComponent(site.name)}.svg`,
        },
      }))
    })
    .filter(({ entry }) => entry.scopes.length > 0)
    .toSorted((one, other) => (one.order < other.order ? -1 : 1))
  return ok(entries.map(({ entry }) => entry))
}

/** `GET /me`: the account behind the token (documented). A hidden e-mail address is hidden from others only. */
export function me({ origins }: Ground, person: Person): Reply {
  return ok({
    account_type: person.accountType,
    account_id: person.accountId,
    email: person.email,
    name: person.displayName,
    picture: avatarUrl(origins, person),
    account_status: person.active ? 'active' : 'inactive',
    nickname: person.handle,
    zoneinfo: person.timeZone,
    locale: person.locale.replace('_', '-'),
    extended_profile: {},
  })
}
