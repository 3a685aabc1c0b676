import type { AdfDocument } from '@telamon/adf'
import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  addComment,
  deleteComment,
  getComment,
  getComments,
  updateComment,
} from '../generated/platform/operations.gen.ts'
import type { Comment, Visibility } from '../generated/platform/types.gen.ts'

/** What writing a comment may be told. */
export interface CommentOptions extends CallOptions {
  /** Only this role or group may see it. Left out on an update, it stays as it was. */
  readonly visibility?: Visibility
  /** Whether watchers are told by e-mail. Updates only. Default: true. */
  readonly notify?: boolean
}

/** What listing comments may be told. */
export interface CommentListOptions extends ListOptions {
  /** Default: oldest first. */
  readonly newestFirst?: boolean
}

/** Comments of an issue. */
export interface Comments {
  /** `getComments` */
  readonly list: (issue: string, options?: CommentListOptions) => List<Comment>
  /** `getComment` */
  readonly get: (issue: string, commentId: string, options?: CallOptions) => Promise<Comment>
  /** `addComment` */
  readonly add: (
    issue: string,
    body: AdfDocument,
    options?: Omit<CommentOptions, 'notify'>,
  ) => Promise<Comment>
  /** `updateComment` */
  readonly update: (
    issue: string,
    commentId: string,
    change: { readonly body: AdfDocument } & CommentOptions,
  ) => Promise<Comment>
  /** `deleteComment` */
  readonly remove: (issue: string, commentId: string, options?: CallOptions) => Promise<void>
}

/** Binds comments to a connection. */
export const comments = (rest: Rest): Comments => ({
  list: (issue, { newestFirst, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: getComments,
        input: { path: { issueIdOrKey: issue }, query: { ...(newestFirst && { orderBy: '-created' }) } },
        map: asIs,
        largest: 100,
      },
      options,
    ),
  get: (issue, id, options) => rest.call(getComment, { path: { issueIdOrKey: issue, id } }, options),
  add: (issue, body, { visibility, ...options } = {}) =>
    rest.call(
      addComment,
      { path: { issueIdOrKey: issue }, body: { body, ...(visibility && { visibility }) } },
      options,
    ),
  update: (issue, id, { body, visibility, notify, ...options }) =>
    rest.call(
      updateComment,
      {
        path: { issueIdOrKey: issue, id },
        query: { ...(notify !== undefined && { notifyUsers: notify }) },
        body: { body, ...(visibility && { visibility }) },
      },
      options,
    ),
  async remove(issue, id, options) {
    await rest.call(deleteComment, { path: { issueIdOrKey: issue, id } }, options)
  },
})
