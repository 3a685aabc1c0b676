import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, listOf } from '@telamon/rest/surface'

import { getCurrentUser, getUser, searchUser } from '../generated/v1/operations.gen.ts'
import type { SearchResult, User as KnownUser } from '../generated/v1/types.gen.ts'
import { createBulkUserLookup } from '../generated/v2/operations.gen.ts'
import type { User } from '../generated/v2/types.gen.ts'
import type { CqlQuery } from './search.ts'

/** A person as version 1 of the API tells of it. */
export type Person = NonNullable<KnownUser>

/** People. */
export interface Users {
  /** The person whose credentials these are. `getCurrentUser` */
  readonly current: (options?: CallOptions) => Promise<Person>
  /** `getUser` */
  readonly get: (accountId: string, options?: CallOptions) => Promise<Person>
  /** At most 250. Unknown ids are left out. `createBulkUserLookup` */
  readonly getMany: (accountIds: readonly string[], options?: CallOptions) => Promise<readonly User[]>
  /** By a query such as `user.fullname ~ "ada"`. `searchUser` */
  readonly search: (query: CqlQuery, options?: ListOptions) => List<Person>
}

/** Binds people to a connection. */
export const users = (rest: Rest): Users => ({
  current: async (options) => known(await rest.call(getCurrentUser, {}, options)),
  get: async (accountId, options) => known(await rest.call(getUser, { query: { accountId } }, options)),
  async getMany(accountIds, options) {
    return (await rest.call(createBulkUserLookup, { body: { accountIds } }, options)).results ?? []
  },
  search: (query, options) =>
    listOf(
      rest,
      {
        operation: searchUser,
        input: { query: { cql: typeof query === 'string' ? query : query.text } },
        map: ({ user }: SearchResult) => known(user ?? null),
        largest: 100,
      },
      options,
    ),
})

const known = (user: KnownUser): Person => user ?? { type: 'unknown' }
