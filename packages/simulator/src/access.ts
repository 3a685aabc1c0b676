import { consent, issueAccessToken, revoke, sitesOf } from './auth/grants.ts'
import type { ScopeBook } from './auth/scopes.ts'
import type { Ground } from './ground.ts'
import { signInPeople } from './pages/sign-in.ts'
import { demoApp } from './seeds/app.ts'
import type { Grant } from './world/auth-model.ts'
import type { Person } from './world/model.ts'
import type { Watch } from './world/watch.ts'

/** Somebody who can sign in, for a program that shows or uses the people of the demo. */
export interface Resident {
  /** A short name, such as `maya`. */
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly email: string
  /** One sentence: who this is, and what this person can see. */
  readonly about: string
  /** The names of the sites this person can enter. */
  readonly sites: readonly string[]
  /** For Basic authentication on a site, together with the e-mail address. */
  readonly apiToken: string
}

/** What a minted token reaches. */
export interface TokenOptions {
  /** The name or cloud id of the only site. Default: all that the person can enter. */
  readonly site?: string
  /** Default: all scopes that there are. */
  readonly scopes?: readonly string[]
}

/** Ways in that need no browser. */
export interface Access {
  readonly people: readonly Resident[]
  /**
   * Mints an access token, as if the person had signed in to the demo's app.
   *
   * @param person the short name, account id or e-mail address
   * @throws Error for a person or site that is not there
   */
  readonly tokenFor: (person: string, options?: TokenOptions) => string
  /** Consents, and the button under "Connected apps" that takes one back. */
  readonly grants: { readonly list: () => readonly Grant[]; readonly revoke: (grantId: string) => boolean }
}

export function createAccess(
  ground: Ground,
  { scopeBook, writing }: { readonly scopeBook: ScopeBook; readonly writing: Watch['writing'] },
): Access {
  const find = (wanted: string): Person => {
    const known = [...ground.world.people.values()].find(({ handle, accountId, email }) =>
      [handle, accountId, email].includes(wanted),
    )
    if (known) return known
    const handles = signInPeople(ground).map(({ handle }) => handle)
    throw new Error(`Nobody here is called '${wanted}'. There are ${handles.join(', ') || 'no people'}.`)
  }
  return {
    get people() {
      return signInPeople(ground).map((person) => residentOf(ground, person))
    },
    tokenFor(name, { site, scopes = scopeBook.all } = {}) {
      const person = find(name)
      const all = sitesOf(ground, person.accountId)
      const sites = site === undefined ? all : all.filter((one) => one.name === site || one.cloudId === site)
      if (sites.length === 0) {
        throw new Error(
          `${person.displayName} cannot enter ${site === undefined ? 'any site' : `the site '${site}'`}.`,
        )
      }
      const cloudIds = sites.map(({ cloudId }) => cloudId)
      const [only] = cloudIds
      const narrowed = site !== undefined && only !== undefined ? { cloudId: only } : {}
      return writing(() => {
        const { clientId } = demoApp
        const grant = consent(ground, { clientId, accountId: person.accountId, cloudIds })
        return issueAccessToken(ground, { grantId: grant.id, scopes, ...narrowed })
      })
    },
    grants: {
      list: () => [...ground.world.auth.grants.values()],
      revoke: (grantId) => writing(() => revoke(ground, grantId)),
    },
  }
}

function residentOf(ground: Ground, person: Person): Resident {
  const { handle, accountId, displayName, email, about } = person
  const token = [...ground.world.auth.apiTokens.values()].find(
    (one) => one.accountId === accountId && !one.scopes,
  )
  return {
    id: handle,
    accountId,
    name: displayName,
    email,
    about,
    sites: sitesOf(ground, accountId).map(({ name }) => name),
    apiToken: token?.token ?? '',
  }
}
