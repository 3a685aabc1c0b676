import {
  createAttachment,
  createOrUpdateAttachments,
  downloadAttatchment,
  updateAttachmentData,
  updateAttachmentProperties,
} from '@telamon/confluence/v1'

import { type Call, type Form, type FormFile, serve, type Served } from '../http/call.ts'
import { mediaAddress } from '../http/media-address.ts'
import { ok, type Reply } from '../http/reply.ts'
import { asId, asInteger, asObject, asText } from '../http/value.ts'
import type { Attachment, Content } from '../world/confluence-model.ts'
import { askedVersion } from './attachments.ts'
import { addAttachment, addAttachmentVersion, attachmentNamed, type NewFile } from './files.ts'
import { mayAround, seesAttachment } from './find.ts'
import {
  bodyOfV1,
  checkToken,
  contentV1,
  refuseConflictV1,
  refuseInputV1,
  refuseMissingV1,
  refuseRightV1,
} from './v1-answers.ts'
import { attachmentView } from './v1-content.ts'
import { newest } from './view.ts'

/** The largest file, in bytes, as sites are set unless somebody changes it (documented). */
const largest = 100 * 1024 * 1024

/** Content that files can be put on by the caller. */
function holder(call: Call): Content {
  checkToken(call)
  const content = contentV1(call, call.path['id'])
  if (mayAround(call, content, { key: 'create', target: 'attachment' })) return content
  return refuseRightV1('User does not have permission to add attachments to this content')
}

/** The files of a form. */
function readFiles({ body }: Call): readonly FormFile[] {
  const form: Form | undefined = body.kind === 'form' ? body.form : undefined
  const files = form?.files.filter(({ field }) => field === 'file') ?? []
  if (!form || files.length === 0) return refuseInputV1('At least one file is needed, in the part named file')
  const tooLarge = files.find(({ bytes }) => bytes.byteLength > largest)
  if (tooLarge) return refuseMissingV1(`${tooLarge.name} is larger than ${largest} bytes`)
  return files
}

/** What a form says besides its files. */
function remarksOf({ body }: Call): Pick<NewFile, 'comment' | 'minorEdit'> {
  const fields = body.kind === 'form' ? body.form.fields : new Map<string, string>()
  const comment = fields.get('comment')
  return { minorEdit: fields.get('minorEdit') === 'true', ...(comment !== undefined && { comment }) }
}

function upload(call: Call, replaces: boolean): Reply {
  const content = holder(call)
  const files = readFiles(call)
  const there = files.find(({ name }) => attachmentNamed(call.site, content, name))
  if (there && !replaces) {
    return refuseInputV1(
      `Cannot add a new attachment with same file name as an existing attachment: ${there.name}`,
    )
  }
  const remarks = remarksOf(call)
  const attachments = files.map((file) => {
    const known = attachmentNamed(call.site, content, file.name)
    const given = Object.assign({}, file, remarks)
    if (!known) return addAttachment(call, content, given)
    addAttachmentVersion(call, known, given)
    return known
  })
  return ok({
    results: attachments.map((attachment) => attachmentView(call, attachment)),
    start: 0,
    limit: attachments.length,
    size: attachments.length,
    _links: { base: `${call.links.site}/wiki`, context: '/wiki' },
  })
}

/** The attachment that the path names, on the content that it names. */
function attachmentAt(call: Call): Attachment {
  const content = contentV1(call, call.path['id'])
  const id = call.path['attachmentId'] ?? ''
  const { attachments } = call.site.confluence
  const attachment = attachments.get(id) ?? attachments.get(`att${id}`)
  const isHere = attachment?.contentId === content.id && attachment.status === 'current'
  return attachment && isHere && seesAttachment(call, attachment)
    ? attachment
    : refuseMissingV1(`No attachment found with id: ${id}`)
}

function replaceBytes(call: Call): Reply {
  holder(call)
  const attachment = attachmentAt(call)
  const [file, ...others] = readFiles(call)
  if (!file || others.length > 0) return refuseInputV1('Exactly one file is needed')
  addAttachmentVersion(call, attachment, { ...file, ...remarksOf(call), name: newest(attachment).title })
  return ok(attachmentView(call, attachment))
}

/** Name, type, comment and place; the version is the one that is there, or the next (documented: 409 otherwise). */
function updateProperties(call: Call): Reply {
  const content = contentV1(call, call.path['id'])
  const attachment = attachmentAt(call)
  if (!mayAround(call, content, { key: 'create', target: 'attachment' })) {
    return refuseRightV1('User does not have permission to change this attachment')
  }
  const body = bodyOfV1(call)
  const last = newest(attachment)
  const number = asInteger(asObject(body['version'])?.['number'])
  if (number === undefined) return refuseInputV1('The version number is missing')
  if (number !== last.number && number !== last.number + 1) {
    return refuseConflictV1(`The attachment has the version ${last.number}`)
  }
  const metadata = asObject(body['metadata'])
  const container = asId(asObject(body['container'])?.['id'])
  if (container !== undefined) attachment.contentId = contentV1(call, container).id
  attachment.versions[attachment.versions.length - 1] = {
    ...last,
    title: asText(body['title']) ?? last.title,
    mediaType: asText(metadata?.['mediaType']) ?? last.mediaType,
    message: asText(metadata?.['comment']) ?? last.message,
  }
  return ok(attachmentView(call, attachment))
}

/** Leads to the bytes, at an address that needs no credentials (documented: 302). */
function download(call: Call): Reply {
  const attachment = attachmentAt(call)
  const version = askedVersion(call, attachment) ?? refuseInputV1('There is no such version')
  return { status: 302, headers: { location: mediaAddress(call, version) } }
}

export const attachmentHandlersV1: readonly Served[] = [
  serve(createAttachment, ['status'], (call) => upload(call, false)),
  serve(createOrUpdateAttachments, ['status'], (call) => upload(call, true)),
  serve(updateAttachmentData, [], replaceBytes),
  serve(updateAttachmentProperties, [], updateProperties),
  serve(downloadAttatchment, ['version', 'status'], download),
]
