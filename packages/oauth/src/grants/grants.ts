import type { Context } from '../context.ts'
import type { GrantRecord, RevocationReason, Timestamp } from '../records.ts'

/** A grant as its person may see it. */
export interface GrantSummary {
  readonly grantId: string
  readonly clientId: string
  /** Untrusted text. */
  readonly clientName: string
  readonly resource: string
  readonly scopes: readonly string[]
  readonly choices: readonly string[]
  readonly createdAt: Timestamp
  /** Of the last refresh, or the first use after one: right to within the life of an access token. */
  readonly lastUsedAt: Timestamp
  readonly expiresAt: Timestamp
}

/** The grants of people. */
export interface Grants {
  /** The live grants of a person, newest first, at most 1,000. */
  readonly list: (subject: string) => Promise<readonly GrantSummary[]>
  /** Ends a grant with its tokens and the connection behind it. True the first time. */
  readonly revoke: (grantId: string, reason: RevocationReason) => Promise<boolean>
  /**
   * Forgets a person: ends their grants, and lets the next sweep remove what would have been kept of ended ones. Gives the
   * number of grants that ended. Until then the rows hold the person's id and name, and no token.
   */
  readonly forgetPerson: (subject: string) => Promise<number>
}

/** Makes the view on grants. */
export const createGrants = ({ store, now, endGrant }: Context): Grants => ({
  list: async (subject) => (await store.listGrants(subject, now())).map(summarise),
  revoke: endGrant,
  async forgetPerson(subject) {
    let all = 0
    // The list is cut at 1,000, so it is asked for again as long as there was something to end in it.
    for (let ended = -1; ended !== 0; all += ended) {
      ended = 0
      for (const { id } of await store.listGrants(subject, now()))
        if (await endGrant(id, 'person')) ended += 1
    }
    await store.forgetSubject(subject, now())
    return all
  },
})

const summarise = (grant: GrantRecord): GrantSummary => ({
  grantId: grant.id,
  clientId: grant.clientId,
  clientName: grant.clientName,
  resource: grant.resource,
  scopes: grant.scopes,
  choices: grant.choices,
  createdAt: grant.createdAt,
  lastUsedAt: grant.lastUsedAt,
  expiresAt: grant.expiresAt,
})
