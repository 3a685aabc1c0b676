import {
  getBlogPostLikeCount,
  getBlogPostLikeUsers,
  getFooterLikeCount,
  getFooterLikeUsers,
  getInlineLikeCount,
  getInlineLikeUsers,
  getPageLikeCount,
  getPageLikeUsers,
} from '@telamon/confluence/operations'
import type { Operation } from '@telamon/rest'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok } from '../http/reply.ts'
import { commentOf, contentOf, subjectId } from './find.ts'
import { listReply } from './list.ts'

/** The likes of one kind of thing: how many, and whose. */
interface LikeFamily {
  readonly count: Operation<unknown, unknown>
  readonly users: Operation<
    { readonly query?: { readonly cursor?: string; readonly limit?: number } },
    unknown
  >
  readonly of: (call: Call) => ReadonlySet<string>
}

const families: readonly LikeFamily[] = [
  {
    count: getPageLikeCount,
    users: getPageLikeUsers,
    of: (call) => contentOf(call, subjectId(call), { type: 'page' }).likes,
  },
  {
    count: getBlogPostLikeCount,
    users: getBlogPostLikeUsers,
    of: (call) => contentOf(call, subjectId(call), { type: 'blogpost' }).likes,
  },
  {
    count: getFooterLikeCount,
    users: getFooterLikeUsers,
    of: (call) => commentOf(call, subjectId(call), 'footer').comment.likes,
  },
  {
    count: getInlineLikeCount,
    users: getInlineLikeUsers,
    of: (call) => commentOf(call, subjectId(call), 'inline').comment.likes,
  },
]

export const likeHandlers: readonly Served[] = families.flatMap(({ count, users, of }) => [
  serve(count, [], (call) => ok({ count: of(call).size })),
  serve(users, ['cursor', 'limit'], (call) => listReply(call, [...of(call)], (accountId) => ({ accountId }))),
])
