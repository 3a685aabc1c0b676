import type { FormFile } from '../http/call.ts'
import type { Attachment, AttachmentVersion, Content } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import type { Site } from '../world/model.ts'
import { type Random, uuidOf } from '../world/random.ts'
import { attachmentsAt } from '../world/wiki-indexes.ts'
import type { Author } from './lifecycle.ts'
import { newest } from './view.ts'

/** A file that is to be kept. */
export interface NewFile extends Pick<FormFile, 'name' | 'mediaType' | 'bytes'> {
  readonly comment?: string
  readonly minorEdit?: boolean
}

/** Types by the end of a name, for files that come without one. */
const mediaTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  gif: 'image/gif',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  zip: 'application/zip',
}

function mediaTypeOf({ name, mediaType }: NewFile): string {
  const [type = ''] = mediaType.split(';')
  if (type !== '' && type !== 'application/octet-stream') return type
  return mediaTypes[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}

/** Keeps the bytes, and makes the version that stands for them. */
function versionFor(
  { site, clock, caller, random }: Author & { readonly random?: Random },
  { number, id }: { readonly number: number; readonly id: string },
  file: NewFile,
): AttachmentVersion {
  const fileId = random?.uuid('file') ?? uuidOf(`file ${site.cloudId} ${id} ${number}`)
  site.confluence.files.set(fileId, Buffer.from(file.bytes).toString('base64'))
  return {
    number,
    message: file.comment ?? '',
    minorEdit: file.minorEdit ?? false,
    authorId: caller.person?.accountId ?? '',
    createdAt: clock.now(),
    title: file.name,
    mediaType: mediaTypeOf(file),
    fileSize: file.bytes.byteLength,
    fileId,
  }
}

/** Puts a file on content. */
export function addAttachment(
  author: Author & { readonly random?: Random },
  content: Content,
  file: NewFile,
): Attachment {
  const id = `att${nextId(author.world, 'contentAttachment', author.site.cloudId)}`
  const version = versionFor(author, { number: 1, id }, file)
  const attachment: Attachment = {
    id,
    contentId: content.id,
    status: 'current',
    authorId: version.authorId,
    createdAt: version.createdAt,
    versions: [version],
    labels: [],
  }
  author.site.confluence.attachments.set(id, attachment)
  return attachment
}

/** Adds a version with other bytes. The name stays as it was unless the file has another. */
export function addAttachmentVersion(
  author: Author & { readonly random?: Random },
  attachment: Attachment,
  file: NewFile,
): void {
  const number = newest(attachment).number + 1
  attachment.versions.push(versionFor(author, { number, id: attachment.id }, file))
}

/** The attachment of that name on content. */
export function attachmentNamed(site: Site, content: Content, name: string): Attachment | undefined {
  return attachmentsAt(site, content.id).find(
    (attachment) => attachment.status === 'current' && newest(attachment).title === name,
  )
}
