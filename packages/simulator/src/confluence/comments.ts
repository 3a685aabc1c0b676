import {
  createFooterComment,
  createInlineComment,
  deleteFooterComment,
  deleteInlineComment,
  getAttachmentComments,
  getBlogPostFooterComments,
  getBlogPostInlineComments,
  getCustomContentComments,
  getFooterCommentById,
  getFooterCommentChildren,
  getFooterComments,
  getInlineCommentById,
  getInlineCommentChildren,
  getInlineComments,
  getPageFooterComments,
  getPageInlineComments,
  updateFooterComment,
  updateInlineComment,
} from '@telamon/confluence/operations'
import type { Operation } from '@telamon/rest'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import type { ContentComment } from '../world/confluence-model.ts'
import { commentsAt } from '../world/wiki-indexes.ts'
import { anchorOf } from './anchors.ts'
import { commentView } from './comment-view.ts'
import { createComment, deleteComment, updateComment } from './comment-writing.ts'
import { attachmentOf, commentOf, contentOf, seesComment, subjectId } from './find.ts'
import { includesOf } from './includes.ts'
import { formatOf } from './inputs.ts'
import { listReply, type Sortable, sorted } from './list.ts'
import { operationsOnComment } from './operations.ts'
import { refuseMissing } from './refuse.ts'
import { versionedComment, versionViews } from './versions.ts'
import { newest } from './view.ts'

type Kind = ContentComment['kind']

const describe = (comment: ContentComment): Sortable => ({
  id: comment.id,
  title: '',
  createdAt: comment.createdAt,
  modifiedAt: newest(comment).createdAt,
})

function list(call: Call, kind: Kind, comments: Iterable<ContentComment>): Reply {
  const format = formatOf(call, true)
  const statuses = call.query.list('resolution-status')
  const found = [...comments]
    .filter((comment) => comment.kind === kind)
    .filter((comment) => seesComment(call, comment))
    .filter(
      (comment) => statuses.length === 0 || statuses.includes(anchorOf(call.site, comment)?.status ?? 'open'),
    )
  return listReply(call, sorted(call, found, describe), (comment) =>
    commentView(call, comment, { format, single: false }),
  )
}

/** Comments of the first level on one thing. All of them are current, whatever `status` asks for besides. */
function listOn(call: Call, kind: Kind, thingId: string): Reply {
  const statuses = call.query.list('status')
  const current = statuses.length === 0 || statuses.includes('current')
  const comments = current ? commentsAt(call.site, thingId) : []
  return list(
    call,
    kind,
    comments.filter(({ parentId }) => parentId === null),
  )
}

function read(call: Call, kind: Kind): Reply {
  const { comment, content } = commentOf(call, call.path['comment-id'], kind)
  const number = call.query.integer('version', 0)
  const known = number === 0 || comment.versions.some((version) => version.number === number)
  if (!known) return refuseMissing('Version', String(number))
  const format = formatOf(call, false)
  const shown = commentView(call, comment, { format, single: true, version: number })
  if (!call.query.flag('include-version', true)) delete shown['version']
  const { properties: listed, ...included } = includesOf(call, {
    id: comment.id,
    path: `/${kind}-comments/${comment.id}`,
    versions: comment.versions,
    likes: comment.likes,
    versionViews: () => versionViews(versionedComment(comment), format),
    operations: () => operationsOnComment(call, { comment, content }),
  })
  // An inline comment's properties are its anchor, and the list of them joins it (documented).
  const properties = { ...asRecord(shown['properties']), ...asRecord(listed) }
  return ok({ ...shown, ...included, ...(Object.keys(properties).length > 0 && { properties }) })
}

const asRecord = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})

const listNames = ['body-format', 'sort', 'cursor', 'limit'] as const
const singleNames = [
  'body-format',
  'version',
  'include-properties',
  'include-operations',
  'include-likes',
  'include-versions',
  'include-version',
] as const

interface ListInput {
  readonly query?: {
    readonly 'body-format'?: unknown
    readonly sort?: unknown
    readonly cursor?: string
    readonly limit?: number
  }
}

interface SingleInput {
  readonly query?: { readonly [Name in (typeof singleNames)[number]]?: unknown }
}

/** What both kinds of comments have in common. */
interface CommentFamily {
  readonly kind: Kind
  readonly all: Operation<ListInput, unknown>
  readonly replies: Operation<ListInput, unknown>
  readonly get: Operation<SingleInput, unknown>
  readonly create: Operation<unknown, unknown>
  readonly update: Operation<unknown, unknown>
  readonly remove: Operation<unknown, unknown>
}

const families: readonly CommentFamily[] = [
  {
    kind: 'footer',
    all: getFooterComments,
    replies: getFooterCommentChildren,
    get: getFooterCommentById,
    create: createFooterComment,
    update: updateFooterComment,
    remove: deleteFooterComment,
  },
  {
    kind: 'inline',
    all: getInlineComments,
    replies: getInlineCommentChildren,
    get: getInlineCommentById,
    create: createInlineComment,
    update: updateInlineComment,
    remove: deleteInlineComment,
  },
]

const page = (call: Call): string => contentOf(call, subjectId(call), { type: 'page' }).id
const post = (call: Call): string => contentOf(call, subjectId(call), { type: 'blogpost' }).id

export const commentHandlers: readonly Served[] = [
  ...families.flatMap(({ kind, ...operations }) => [
    serve(operations.all, listNames, (call) => list(call, kind, call.site.confluence.comments.values())),
    serve(operations.replies, listNames, (call) => {
      const { comment: parent } = commentOf(call, subjectId(call), kind)
      const replies = commentsAt(call.site, parent.contentId).filter(({ parentId }) => parentId === parent.id)
      return list(call, kind, replies)
    }),
    serve(operations.get, singleNames, (call) => read(call, kind)),
    serve(operations.create, [], (call) => createComment(call, kind)),
    serve(operations.update, [], (call) => updateComment(call, kind)),
    serve(operations.remove, [], (call) => deleteComment(call, kind)),
  ]),
  serve(getPageFooterComments, [...listNames, 'status'], (call) => listOn(call, 'footer', page(call))),
  serve(getBlogPostFooterComments, [...listNames, 'status'], (call) => listOn(call, 'footer', post(call))),
  serve(getPageInlineComments, [...listNames, 'status', 'resolution-status'], (call) =>
    listOn(call, 'inline', page(call)),
  ),
  serve(getBlogPostInlineComments, [...listNames, 'status', 'resolution-status'], (call) =>
    listOn(call, 'inline', post(call)),
  ),
  serve(getCustomContentComments, listNames, (call) =>
    listOn(call, 'footer', contentOf(call, subjectId(call), { type: 'custom' }).id),
  ),
  serve(getAttachmentComments, listNames, (call) =>
    listOn(call, 'footer', attachmentOf(call, subjectId(call)).attachment.id),
  ),
]
