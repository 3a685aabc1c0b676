import {
  getAttachmentLabels,
  getBlogPostLabels,
  getCustomContentLabels,
  getLabelAttachments,
  getLabelBlogPosts,
  getLabelPages,
  getLabels,
  getPageLabels,
  getSpaceContentLabels,
  getSpaceLabels,
} from '@telamon/confluence/operations'
import type { Operation } from '@telamon/rest'

import { type Call, serve, type Served } from '../http/call.ts'
import type { Reply } from '../http/reply.ts'
import type { Content, Label } from '../world/confluence-model.ts'
import { attachmentListOf } from './attachments.ts'
import { attachmentOf, contentOf, seesAttachment, spaceOf, subjectId, visibleContents } from './find.ts'
import { listReply, type Sortable, sorted } from './list.ts'
import { contentListOf } from './pages.ts'
import { refuseMissing } from './refuse.ts'
import { labelView, visibleLabels } from './view.ts'

const describe = ({ id, name }: Label): Sortable => ({
  id,
  title: name,
  createdAt: Number(id),
  modifiedAt: Number(id),
})

function list(call: Call, labels: readonly Label[]): Reply {
  const prefix = call.query.text('prefix')
  const found = visibleLabels(call, labels).filter((label) => prefix === undefined || label.prefix === prefix)
  return listReply(call, sorted(call, found, describe), labelView)
}

/** The contents that the caller sees and that can have labels. */
function labelledContents(call: Call): readonly Content[] {
  return (['page', 'blogpost', 'custom'] as const)
    .flatMap((type) => visibleContents(call, type))
    .filter(({ status }) => status === 'current')
}

/** Labels on what the caller sees, each once. */
function labelsInUse(call: Call): readonly Label[] {
  const { attachments, spaces } = call.site.confluence
  const held = [
    ...labelledContents(call),
    ...[...attachments.values()].filter((attachment) => seesAttachment(call, attachment)),
    ...spaces.values(),
  ]
  return [...new Set(held.flatMap(({ labels }) => labels))]
}

/** The label that the path names. */
function labelAt(call: Call): Label {
  const id = subjectId(call)
  return labelsInUse(call).find((label) => label.id === id) ?? refuseMissing('Label', id)
}

/** Pages or blog posts with a label. */
function contentsWith(call: Call, type: 'page' | 'blogpost'): Reply {
  const label = labelAt(call)
  return contentListOf(
    call,
    visibleContents(call, type).filter(
      ({ labels, status }) => labels.includes(label) && status === 'current',
    ),
  )
}

interface ListInput {
  readonly query?: {
    readonly prefix?: unknown
    readonly sort?: unknown
    readonly cursor?: string
    readonly limit?: number
  }
}

const serveList = (operation: Operation<ListInput, unknown>, of: (call: Call) => readonly Label[]): Served =>
  serve(operation, ['prefix', 'sort', 'cursor', 'limit'], (call) => list(call, of(call)))

export const labelHandlers: readonly Served[] = [
  serveList(getPageLabels, (call) => contentOf(call, subjectId(call), { type: 'page' }).labels),
  serveList(getBlogPostLabels, (call) => contentOf(call, subjectId(call), { type: 'blogpost' }).labels),
  serveList(getCustomContentLabels, (call) => contentOf(call, subjectId(call), { type: 'custom' }).labels),
  serveList(getAttachmentLabels, (call) => attachmentOf(call, subjectId(call)).attachment.labels),
  serveList(getSpaceLabels, (call) => spaceOf(call, subjectId(call)).labels),
  serveList(getSpaceContentLabels, (call) => {
    const space = spaceOf(call, subjectId(call))
    const contents = labelledContents(call).filter(({ spaceId }) => spaceId === space.id)
    return [...new Set(contents.flatMap(({ labels }) => labels))]
  }),
  serve(getLabels, ['label-id', 'prefix', 'sort', 'cursor', 'limit'], (call) => {
    const ids = call.query.list('label-id')
    return list(
      call,
      labelsInUse(call).filter(({ id }) => ids.length === 0 || ids.includes(id)),
    )
  }),
  serve(getLabelPages, ['space-id', 'body-format', 'sort', 'cursor', 'limit'], (call) =>
    contentsWith(call, 'page'),
  ),
  serve(getLabelBlogPosts, ['space-id', 'body-format', 'sort', 'cursor', 'limit'], (call) =>
    contentsWith(call, 'blogpost'),
  ),
  serve(getLabelAttachments, ['sort', 'cursor', 'limit'], (call) => {
    const label = labelAt(call)
    return attachmentListOf(call, ({ labels }) => labels.includes(label))
  }),
]
