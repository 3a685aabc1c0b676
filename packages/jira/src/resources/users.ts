import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  bulkGetUsers,
  findAssignableUsers,
  findUsers,
  getCurrentUser,
  getMyPermissions,
  getServerInfo,
  getUser,
} from '../generated/platform/operations.gen.ts'
import type { ServerInformation, User, UserPermission } from '../generated/platform/types.gen.ts'

/** Where somebody should be assignable. */
export type AssignableIn = { readonly project: string } | { readonly issue: string }

/** People. An account id names one; e-mail addresses are shown only where the person allows it. */
export interface Users {
  /** `getUser` */
  readonly get: (accountId: string, options?: CallOptions) => Promise<User>
  /** Unknown ids are left out. `bulkGetUsers` */
  readonly getMany: (accountIds: readonly string[], options?: ListOptions) => List<User>
  /** By part of a name or e-mail address. Inactive people and apps come too. `findUsers` */
  readonly search: (query: string, options?: ListOptions) => List<User>
  /** Those whom an issue can be given to, by part of a name or e-mail address. `findAssignableUsers` */
  readonly assignable: (
    where: AssignableIn,
    options?: ListOptions & { readonly query?: string },
  ) => List<User>
}

/** Where a permission is asked for. Nowhere: on the whole site. */
export interface PermissionPlace {
  readonly project?: string
  readonly issue?: string
}

/** Binds people to a connection. */
export const users = (rest: Rest): Users => ({
  get: (accountId, options) => rest.call(getUser, { query: { accountId } }, options),
  getMany: (accountIds, options) =>
    listOf(
      rest,
      { operation: bulkGetUsers, input: { query: { accountId: accountIds } }, map: asIs, largest: 100 },
      options,
    ),
  search: (query, options) =>
    listOf(rest, { operation: findUsers, input: { query: { query } }, map: asIs, largest: 100 }, options),
  assignable: (where, { query, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: findAssignableUsers,
        input: {
          query: {
            ...('issue' in where ? { issueKey: where.issue } : { project: where.project }),
            ...(query !== undefined && { query }),
          },
        },
        map: asIs,
        largest: 100,
      },
      options,
    ),
})

/** The person whose credentials these are. */
export type Myself = (options?: CallOptions) => Promise<User>

/** Binds `getCurrentUser`. */
export const myself =
  ({ call }: Rest): Myself =>
  (options) =>
    call(getCurrentUser, {}, options)

/** The site: its address for people, its version, its clock. */
export type ServerInfo = (options?: CallOptions) => Promise<ServerInformation>

/** Binds `getServerInfo`, which asks for no scope and no credentials. */
export const serverInfo =
  ({ call }: Rest): ServerInfo =>
  (options) =>
    call(getServerInfo, {}, options)

/** Which of some permissions, such as `CREATE_ISSUES`, the person has. */
export type MyPermissions = (
  permissions: readonly string[],
  options?: CallOptions & PermissionPlace,
) => Promise<Readonly<Record<string, UserPermission>>>

/** Binds `getMyPermissions`. */
export const myPermissions =
  ({ call }: Rest): MyPermissions =>
  async (permissions, { project, issue, ...options } = {}) => {
    const query = {
      permissions: permissions.join(','),
      ...(project !== undefined && { projectKey: project }),
      ...(issue !== undefined && { issueKey: issue }),
    }
    const answer = await call(getMyPermissions, { query }, options)
    return answer.permissions ?? {}
  }
