import {
  deleteAttachment,
  getAttachmentById,
  getAttachments,
  getAttachmentThumbnailById,
  getBlogpostAttachments,
  getCustomContentAttachments,
  getPageAttachments,
} from '@telamon/confluence/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { mediaAddress } from '../http/media-address.ts'
import { empty, ok, type Reply } from '../http/reply.ts'
import type { Attachment, AttachmentVersion, Content } from '../world/confluence-model.ts'
import { attachmentOf, contentOf, mayAround, seesAttachment, subjectId } from './find.ts'
import { includesOf } from './includes.ts'
import { purgeAttachment } from './lifecycle.ts'
import { listReply, type Sortable, sorted } from './list.ts'
import { operationsOnAttachment } from './operations.ts'
import { refuseInput, refuseMissing, refuseUnpermitted } from './refuse.ts'
import { versionedAttachment, versionViews } from './versions.ts'
import { newest, timeOf, versionView } from './view.ts'

/** The member that names what an attachment is on. */
const holder: Readonly<Record<string, string>> = { blogpost: 'blogPostId', custom: 'customContentId' }

/** Below `/wiki`, for people (recorded). */
export function downloadPath({ contentId }: Attachment, version: AttachmentVersion): string {
  const { title, number, createdAt } = version
  return `/download/attachments/${contentId}/${encodeURIComponent(title)}?version=${number}&modificationDate=${createdAt}&cacheVersion=1&api=v2`
}

/** An attachment (recorded, F-CF-13). */
function view(
  call: Call,
  attachment: Attachment,
  {
    single,
    version = newest(attachment),
  }: { readonly single: boolean; readonly version?: AttachmentVersion },
): Record<string, unknown> {
  const { id, contentId, createdAt, status } = attachment
  const type = call.site.confluence.contents.get(contentId)?.type ?? 'page'
  const number = id.replace('att', '')
  const preview = encodeURIComponent(`/${contentId}/${number}/${version.title}`)
  const webui = `/pages/viewpageattachments.action?pageId=${contentId}&preview=${preview}`
  const download = downloadPath(attachment, version)
  return {
    mediaTypeDescription: null,
    webuiLink: webui,
    [holder[type] ?? 'pageId']: contentId,
    createdAt: timeOf(createdAt),
    comment: version.message,
    version: versionView(version),
    mediaType: version.mediaType,
    downloadLink: download,
    fileId: version.fileId,
    status,
    title: version.title,
    fileSize: version.fileSize,
    id,
    _links: { download, webui, ...(single && { base: `${call.links.site}/wiki` }) },
  }
}

const describe = (attachment: Attachment): Sortable => ({
  id: attachment.id,
  title: newest(attachment).title,
  createdAt: attachment.createdAt,
  modifiedAt: newest(attachment).createdAt,
})

/** A list of attachments that the caller sees, narrowed by what the query says. */
export function attachmentListOf(call: Call, wanted: (attachment: Attachment) => boolean): Reply {
  const { query } = call
  const asked = query.list('status')
  const statuses = asked.length === 0 ? ['current', 'archived'] : asked
  const [mediaType, filename] = [query.text('mediaType'), query.text('filename')]
  const found = [...call.site.confluence.attachments.values()]
    .filter(({ status }) => statuses.includes(status))
    .filter(wanted)
    .filter((attachment) => mediaType === undefined || newest(attachment).mediaType === mediaType)
    .filter((attachment) => filename === undefined || newest(attachment).title === filename)
    .filter((attachment) => seesAttachment(call, attachment))
  return listReply(call, sorted(call, found, describe), (attachment) =>
    view(call, attachment, { single: false }),
  )
}

/** The version that the query names, or the newest. */
export function askedVersion(call: Call, attachment: Attachment): AttachmentVersion | undefined {
  const number = call.query.integer('version', 0)
  return number === 0 ? newest(attachment) : attachment.versions.find((version) => version.number === number)
}

function read(call: Call): Reply {
  const found = attachmentOf(call, subjectId(call), ['current', 'trashed'])
  const { attachment } = found
  const version = askedVersion(call, attachment) ?? refuseMissing('Version', call.query.text('version'))
  const shown = view(call, attachment, { single: true, version })
  if (!call.query.flag('include-version', true)) delete shown['version']
  return ok({
    ...shown,
    ...includesOf(call, {
      id: attachment.id,
      path: `/attachments/${attachment.id}`,
      versions: attachment.versions,
      labels: attachment.labels,
      versionViews: () => versionViews(versionedAttachment(attachment), undefined),
      operations: () => operationsOnAttachment(call, found),
    }),
  })
}

/** Into the trash; with `purge` out of the trash for good, by who administers the space (documented). */
function remove(call: Call): Reply {
  const { attachment, content } = attachmentOf(call, subjectId(call), ['current', 'trashed'])
  if (!mayAround(call, content, { key: 'delete', target: 'attachment' })) {
    return refuseUnpermitted('You do not have permission to delete this attachment')
  }
  if (call.query.flag('purge')) {
    if (attachment.status !== 'trashed') return refuseInput('Only an attachment in the trash can be purged')
    if (!mayAround(call, content, { key: 'administer', target: 'space' })) {
      return refuseUnpermitted('Purging takes the permission to administer the space')
    }
    purgeAttachment(call.site, attachment)
  } else if (attachment.status === 'trashed') {
    return refuseMissing('Attachment', attachment.id)
  } else {
    attachment.status = 'trashed'
  }
  return empty()
}

/** Pictures have thumbnails; this simulator scales nothing and gives the picture itself. */
function thumbnail(call: Call): Reply {
  const { attachment } = attachmentOf(call, subjectId(call))
  const version = askedVersion(call, attachment)
  if (!version?.mediaType.startsWith('image/')) return refuseMissing('Thumbnail of attachment', attachment.id)
  return { status: 302, headers: { location: mediaAddress(call, version) } }
}

const listNames = ['sort', 'cursor', 'status', 'mediaType', 'filename', 'limit'] as const

function listOn(call: Call, type: Content['type']): Reply {
  const { id } = contentOf(call, subjectId(call), { type })
  return attachmentListOf(call, ({ contentId }) => contentId === id)
}

export const attachmentHandlers: readonly Served[] = [
  serve(getAttachments, listNames, (call) => attachmentListOf(call, () => true)),
  serve(getPageAttachments, listNames, (call) => listOn(call, 'page')),
  serve(getBlogpostAttachments, listNames, (call) => listOn(call, 'blogpost')),
  serve(getCustomContentAttachments, listNames, (call) => listOn(call, 'custom')),
  serve(
    getAttachmentById,
    [
      'version',
      'include-labels',
      'include-properties',
      'include-operations',
      'include-versions',
      'include-version',
      'include-collaborators',
    ],
    read,
  ),
  serve(deleteAttachment, ['purge'], remove),
  serve(getAttachmentThumbnailById, ['version', 'width', 'height'], thumbnail),
]
