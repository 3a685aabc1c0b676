import type { CallOptions, Rest } from '@telamon/rest'

import {
  addUserToContentRestriction,
  checkContentPermission,
  deleteRestrictions,
  getRestrictionsByOperation,
  removeUserFromContentRestriction,
} from '../generated/v1/operations.gen.ts'
import type { ContentRestriction, PermissionCheckResponse } from '../generated/v1/types.gen.ts'

/** Who may read and change content beyond what the space allows. Nobody named: whoever the space allows. */
export interface Restrictions {
  /** By what they restrict: `read` and `update`. `getRestrictionsByOperation` */
  readonly get: (
    contentId: string,
    options?: CallOptions,
  ) => Promise<Readonly<Record<string, ContentRestriction>>>
  /** Lets a person in, and with the first one shuts everybody else out. `addUserToContentRestriction` */
  readonly addUser: (
    contentId: string,
    who: { readonly accountId: string; readonly operation: 'read' | 'update' },
    options?: CallOptions,
  ) => Promise<void>
  /** `removeUserFromContentRestriction` */
  readonly removeUser: (
    contentId: string,
    who: { readonly accountId: string; readonly operation: 'read' | 'update' },
    options?: CallOptions,
  ) => Promise<void>
  /** Takes all restrictions of the content away. `deleteRestrictions` */
  readonly clear: (contentId: string, options?: CallOptions) => Promise<void>
  /** Whether a person may do something with the content, all told. `checkContentPermission` */
  readonly check: (
    contentId: string,
    who: { readonly accountId: string; readonly operation: 'read' | 'update' | 'delete' },
    options?: CallOptions,
  ) => Promise<PermissionCheckResponse>
}

/** Binds restrictions to a connection. */
export const restrictions = ({ call }: Rest): Restrictions => ({
  get: (id, options) =>
    call(
      getRestrictionsByOperation,
      { path: { id }, query: { expand: ['restrictions.user', 'restrictions.group'] } },
      options,
    ),
  async addUser(id, { accountId, operation }, options) {
    await call(
      addUserToContentRestriction,
      { path: { id, operationKey: operation }, query: { accountId } },
      options,
    )
  },
  async removeUser(id, { accountId, operation }, options) {
    await call(
      removeUserFromContentRestriction,
      { path: { id, operationKey: operation }, query: { accountId } },
      options,
    )
  },
  async clear(id, options) {
    await call(deleteRestrictions, { path: { id } }, options)
  },
  check: (id, { accountId, operation }, options) =>
    call(
      checkContentPermission,
      { path: { id }, body: { subject: { type: 'user', identifier: accountId }, operation } },
      options,
    ),
})
