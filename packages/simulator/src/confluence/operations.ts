import {
  getAttachmentOperations,
  getBlogPostOperations,
  getCustomContentOperations,
  getDatabaseOperations,
  getFolderOperations,
  getFooterCommentOperations,
  getInlineCommentOperations,
  getPageOperations,
  getSmartLinkOperations,
  getSpaceOperations,
  getWhiteboardOperations,
} from '@telamon/confluence/operations'
import type { Operation } from '@telamon/rest'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok } from '../http/reply.ts'
import type { Attachment, Content, ContentComment, ContentType, Space } from '../world/confluence-model.ts'
import { mayInSpace, mayUpdate } from '../world/permissions.ts'
import { attachmentOf, commentOf, contentOf, mayAround, spaceOf, subjectId } from './find.ts'
import { kinds } from './kinds.ts'

/** What somebody may do. */
export interface Permitted {
  readonly operation: string
  readonly targetType: string
}

/** Operations of whoever may change a page, and of whoever may add to it (recorded, F-CF-08). */
const changing = ['update', 'restrict_content', 'archive', 'clear_permissions']
const creatable = ['database', 'folder', 'attachment', 'slide', 'comment', 'page', 'embed', 'whiteboard']

/** What the caller may do with content that the caller sees. */
export function operationsOn(call: Call, content: Content): readonly Permitted[] {
  const targetType = content.type === 'custom' ? (content.customType ?? 'custom') : content.type
  const { target } = kinds[content.type]
  const changes = mayUpdate(call.caller, call.site, content)
  const deletes = mayAround(call, content, { key: 'delete', target })
  return [
    { operation: 'read', targetType },
    ...(changes ? changing.map((operation) => ({ operation, targetType })) : []),
    ...(deletes ? [{ operation: 'delete', targetType }] : []),
    { operation: 'view_analytics', targetType },
    ...(changes ? creatable.map((type) => ({ operation: 'create', targetType: type })) : []),
  ]
}

/** What the caller may do with a comment: change an own one, delete an own one or with the permission for it. */
export function operationsOnComment(
  call: Call,
  { comment, content }: { readonly comment: ContentComment; readonly content: Content },
): readonly Permitted[] {
  const own = comment.authorId === call.caller.person?.accountId
  const deletes = own || mayAround(call, content, { key: 'delete', target: 'comment' })
  const names = ['read', ...(own ? ['update'] : []), ...(deletes ? ['delete'] : [])]
  return names.map((operation) => ({ operation, targetType: 'comment' }))
}

export function operationsOnAttachment(
  call: Call,
  { content }: { readonly attachment: Attachment; readonly content: Content },
): readonly Permitted[] {
  const updates = mayAround(call, content, { key: 'create', target: 'attachment' })
  const deletes = mayAround(call, content, { key: 'delete', target: 'attachment' })
  const names = ['read', ...(updates ? ['update'] : []), ...(deletes ? ['delete'] : [])]
  return names.map((operation) => ({ operation, targetType: 'attachment' }))
}

/** What the caller may do in a space, each once. */
export function operationsInSpace({ site, caller }: Call, space: Space): readonly Permitted[] {
  const held = space.permissions
    .map(({ operation: { key, targetType } }) => ({ key, targetType }))
    .filter(({ key, targetType }) => mayInSpace(caller, site, { space, key, target: targetType }))
    .map(({ key, targetType }): [string, Permitted] => [
      `${key} ${targetType}`,
      { operation: key, targetType },
    ])
  return [...new Map(held).values()]
}

const ofContent =
  (type: ContentType) =>
  (call: Call): readonly Permitted[] =>
    operationsOn(call, contentOf(call, subjectId(call), { type }))

const families: readonly (readonly [Operation<unknown, unknown>, (call: Call) => readonly Permitted[]])[] = [
  [getPageOperations, ofContent('page')],
  [getBlogPostOperations, ofContent('blogpost')],
  [getFolderOperations, ofContent('folder')],
  [getWhiteboardOperations, ofContent('whiteboard')],
  [getDatabaseOperations, ofContent('database')],
  [getSmartLinkOperations, ofContent('embed')],
  [getCustomContentOperations, ofContent('custom')],
  [
    getFooterCommentOperations,
    (call) => operationsOnComment(call, commentOf(call, subjectId(call), 'footer')),
  ],
  [
    getInlineCommentOperations,
    (call) => operationsOnComment(call, commentOf(call, subjectId(call), 'inline')),
  ],
  [getAttachmentOperations, (call) => operationsOnAttachment(call, attachmentOf(call, subjectId(call)))],
  [getSpaceOperations, (call) => operationsInSpace(call, spaceOf(call, subjectId(call)))],
]

export const operationHandlers: readonly Served[] = families.map(([operation, permitted]) =>
  serve(operation, [], (call) => ok({ operations: permitted(call) })),
)
