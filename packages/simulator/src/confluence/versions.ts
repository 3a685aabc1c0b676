import {
  getAttachmentVersionDetails,
  getAttachmentVersions,
  getBlogPostVersionDetails,
  getBlogPostVersions,
  getCustomContentVersionDetails,
  getCustomContentVersions,
  getFooterCommentVersionDetails,
  getFooterCommentVersions,
  getInlineCommentVersionDetails,
  getInlineCommentVersions,
  getPageVersionDetails,
  getPageVersions,
} from '@telamon/confluence/operations'
import type { Operation } from '@telamon/rest'

import type { BodyFormat } from '../content/body.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import type { Attachment, Content, ContentComment, ContentVersion } from '../world/confluence-model.ts'
import { attachmentOf, commentOf, contentOf, subjectId } from './find.ts'
import { formatOf } from './inputs.ts'
import { kinds } from './kinds.ts'
import { listReply } from './list.ts'
import { refuseMissing } from './refuse.ts'
import { bodyView, timeOf, versionView } from './view.ts'

/** A thing with a history: its versions, oldest first, and the member that holds what it was. */
export interface Versioned {
  readonly id: string
  readonly member: string
  readonly versions: readonly (Omit<ContentVersion, 'body'> & Partial<Pick<ContentVersion, 'body'>>)[]
}

/** The versions as they are listed: newest first, each with what the thing was then (recorded, F-CF-07, F-CF-13). */
export function versionViews(
  { id, member, versions }: Versioned,
  format: BodyFormat | undefined,
): readonly unknown[] {
  return versions.toReversed().map((version) => {
    const { body, title } = version
    return versionView(version, { [member]: { body: body ? bodyView({ body }, format) : {}, title, id } })
  })
}

export const versionedContent = ({ id, type, versions }: Content): Versioned => ({
  id,
  member: kinds[type].member,
  versions,
})

export const versionedComment = ({ id, versions }: ContentComment): Versioned => ({
  id,
  member: 'comment',
  versions,
})

export const versionedAttachment = ({ id, versions }: Attachment): Versioned => ({
  id,
  member: 'attachment',
  versions,
})

/** One version, with its neighbours (documented). */
function details(call: Call, { versions }: Versioned): Reply {
  const wanted = call.path['version-number']
  const index = versions.findIndex(({ number }) => String(number) === wanted)
  const version = versions[index]
  if (!version) return refuseMissing('Version', wanted)
  const { number, authorId, message, createdAt, minorEdit } = version
  const [previous, next] = [versions[index - 1], versions[index + 1]]
  return ok({
    number,
    authorId,
    message,
    createdAt: timeOf(createdAt),
    minorEdit,
    contentTypeModified: false,
    collaborators: [authorId],
    prevVersion: previous?.number ?? null,
    nextVersion: next?.number ?? null,
  })
}

/** The versions of one kind of thing. */
interface VersionFamily {
  readonly list: Operation<ListInput, unknown>
  readonly details: Operation<unknown, unknown>
  readonly of: (call: Call) => Versioned
}

interface ListInput {
  readonly query?: {
    readonly 'body-format'?: unknown
    readonly sort?: unknown
    readonly cursor?: string
    readonly limit?: number
  }
}

const content =
  (type: Content['type']) =>
  (call: Call): Versioned =>
    versionedContent(contentOf(call, subjectId(call), { type }))

const comment =
  (kind: ContentComment['kind']) =>
  (call: Call): Versioned =>
    versionedComment(commentOf(call, subjectId(call), kind).comment)

const families: readonly VersionFamily[] = [
  { list: getPageVersions, details: getPageVersionDetails, of: content('page') },
  { list: getBlogPostVersions, details: getBlogPostVersionDetails, of: content('blogpost') },
  { list: getCustomContentVersions, details: getCustomContentVersionDetails, of: content('custom') },
  { list: getFooterCommentVersions, details: getFooterCommentVersionDetails, of: comment('footer') },
  { list: getInlineCommentVersions, details: getInlineCommentVersionDetails, of: comment('inline') },
  {
    list: getAttachmentVersions,
    details: getAttachmentVersionDetails,
    of: (call) => versionedAttachment(attachmentOf(call, subjectId(call)).attachment),
  },
]

function list(call: Call, versioned: Versioned): Reply {
  const views = versionViews(versioned, formatOf(call, true))
  return listReply(
    call,
    call.query.text('sort') === 'modified-date' ? views.toReversed() : views,
    (view) => view,
  )
}

export const versionHandlers: readonly Served[] = families.flatMap(
  ({ list: operation, details: single, of }) => [
    serve(operation, ['body-format', 'cursor', 'limit', 'sort'], (call) => list(call, of(call))),
    serve(single, [], (call) => details(call, of(call))),
  ],
)
