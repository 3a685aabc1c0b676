import {
  attachTemporaryFile,
  createCommentWithAttachment,
  getAttachmentContent,
  getAttachmentsForRequest,
  getAttachmentThumbnail,
  getCommentAttachments,
} from '@telamon/jira/service-management'

import { drawAvatar } from '../auth/avatars.ts'
import { type Call, type FormFile, serve, type Served } from '../http/call.ts'
import { mediaAddress } from '../http/media-address.ts'
import { empty, json, ok, type Reply } from '../http/reply.ts'
import { asText } from '../http/value.ts'
import { isPicture } from '../jira/attachment-view.ts'
import { keepFile, lacksToken, noteFile, uploadLimit } from '../jira/attachments.ts'
import { rest } from '../jira/view.ts'
import { nextId } from '../world/ids.ts'
import type { Comment } from '../world/jira-model.ts'
import type { Attachment } from '../world/jira/attachment-model.ts'
import type { ServiceDesk, TemporaryFile } from '../world/service-model.ts'
import { type CustomerRequest, deskOf, isAgentOf, requestOf } from './access.ts'
import { askerOf, innerPage, refuseService, serviceAddress, serviceBody, servicePage } from './answers.ts'
import { addRequestComment, commentView, readableComments } from './comments.ts'
import { dateView, personView } from './values.ts'

/** How many files go into one request (documented). */
const mostFiles = 60

/** How long a file waits to be put on a request (documented that it ends, not when). */
const patience = 3_600_000

/** The attachments of a request that the caller may see: not those of internal comments for customers (documented). */
function visibleAttachments(call: Call, { issue, desk }: CustomerRequest): readonly Attachment[] {
  if (isAgentOf(call, desk)) return issue.attachments
  const internal = new Set(
    issue.comments.flatMap((comment) => (comment.internal === true ? (comment.attachmentIds ?? []) : [])),
  )
  return issue.attachments.filter(({ id }) => !internal.has(id))
}

function view(call: Call, { issue }: CustomerRequest, attachment: Attachment): Record<string, unknown> {
  const { id, filename, size, mimeType, created, authorId } = attachment
  const author = personView(call, authorId)
  const self = serviceAddress(call, `request/${issue.id}/attachment/${id}`)
  return {
    filename,
    ...(author && { author }),
    created: dateView(call, created),
    size,
    mimeType,
    _links: {
      self,
      jiraRest: rest(call, `attachment/${id}`).replace('/rest/api/3/', '/rest/api/2/'),
      content: self,
      ...(isPicture(attachment) && { thumbnail: `${self}/thumbnail` }),
    },
  }
}

function attachmentOf(call: Call): Attachment {
  const id = call.path['attachmentId'] ?? ''
  return (
    visibleAttachments(call, requestOf(call)).find((attachment) => attachment.id === id) ??
    refuseService(404, `The attachment with id '${id}' does not exist.`)
  )
}

/** Callers are sent on to where the files are (documented). */
const sentOn = (call: Call, { id }: Attachment): Reply =>
  empty(303, { location: mediaAddress(call, { fileId: id }) })

/** Keeps a file until somebody puts it on a request. */
function wait(call: Call, desk: ServiceDesk, file: FormFile): TemporaryFile {
  const temporary: TemporaryFile = {
    id: `temp${nextId(call.world, 'temporaryFile', call.site.cloudId)}`,
    deskId: desk.id,
    ownerId: askerOf(call),
    name: file.name,
    mediaType: file.mediaType,
    bytes: Buffer.from(file.bytes).toString('base64'),
    created: call.clock.now(),
  }
  call.site.service.temporaryFiles.set(temporary.id, temporary)
  return temporary
}

function attach(call: Call): Reply {
  if (lacksToken(call)) return refuseService(403, 'XSRF check failed')
  const desk = deskOf(call)
  const { body } = call
  const files = body.kind === 'form' ? body.form.files.filter(({ field }) => field === 'file') : []
  if (files.length === 0) return refuseService(400, "A form with at least one part named 'file' is needed.")
  if (files.length > mostFiles) return refuseService(413, `At most ${mostFiles} files may be sent at once.`)
  const large = files.find(({ bytes }) => bytes.length > uploadLimit)
  if (large) return refuseService(400, `The file ${large.name} is larger than ${uploadLimit} bytes.`)
  const temporaryAttachments = files.map((file) => {
    const { id, name } = wait(call, desk, file)
    return { temporaryAttachmentId: id, fileName: name }
  })
  return json(201, { temporaryAttachments })
}

/** The files of the caller that wait at the request's desk by these ids, each once. */
function waiting(call: Call, { desk }: CustomerRequest, given: unknown): readonly TemporaryFile[] {
  const ids = Array.isArray(given) ? [...new Set(given.map(String))] : []
  if (ids.length === 0) return refuseService(400, 'At least one temporary attachment is needed.')
  const ownerId = askerOf(call)
  return ids.map((id) => {
    const file = call.site.service.temporaryFiles.get(id)
    const isThere =
      file !== undefined &&
      file.ownerId === ownerId &&
      file.deskId === desk.id &&
      call.clock.now() - file.created < patience
    return isThere
      ? file
      : refuseService(400, `The temporary attachment '${id}' does not exist or has expired.`)
  })
}

/** Puts waiting files on a request. */
function put(call: Call, { issue }: CustomerRequest, files: readonly TemporaryFile[]): readonly Attachment[] {
  return files.map(({ id, name, mediaType, bytes }) => {
    call.site.service.temporaryFiles.delete(id)
    const attachment = keepFile(call, { field: 'file', name, mediaType, bytes: Buffer.from(bytes, 'base64') })
    issue.attachments.push(attachment)
    noteFile(call, issue, { attachment, came: true })
    return attachment
  })
}

function commentWithFiles(call: Call): Reply {
  const request = requestOf(call)
  const body = serviceBody(call)
  if (typeof body['public'] !== 'boolean') return refuseService(400, "The field 'public' is needed.")
  const isPublic = body['public']
  if (!isPublic && !isAgentOf(call, request.desk)) {
    return refuseService(403, 'Only an agent can write internal comments.')
  }
  const files = waiting(call, request, body['temporaryAttachmentIds'])
  const additional = body['additionalComment']
  const text =
    (typeof additional === 'object' && additional !== null && asText(Reflect.get(additional, 'body'))) || ''
  const attachments = put(call, request, files)
  const made: Comment = addRequestComment(call, request, {
    text,
    isPublic,
    attachmentIds: attachments.map(({ id }) => id),
  })
  return json(201, {
    comment: commentView(call, { issue: request.issue, rendered: false }, made),
    attachments: innerPage(call, attachments, {
      path: `request/${request.issue.key}/comment/${made.id}/attachment`,
      view: (attachment) => view(call, request, attachment),
    }),
  })
}

export const requestAttachmentHandlers: readonly Served[] = [
  serve(attachTemporaryFile, [], attach),
  serve(createCommentWithAttachment, [], commentWithFiles),
  serve(getAttachmentsForRequest, ['start', 'limit'], (call) => {
    const request = requestOf(call)
    return ok(
      servicePage(call, visibleAttachments(call, request), (attachment) => view(call, request, attachment)),
    )
  }),
  serve(getAttachmentContent, [], (call) => sentOn(call, attachmentOf(call))),
  serve(getAttachmentThumbnail, [], (call) => {
    const attachment = attachmentOf(call)
    if (isPicture(attachment)) return sentOn(call, attachment)
    const text = drawAvatar(attachment.filename)
    return { status: 200, text, headers: { 'content-type': 'image/svg+xml' } }
  }),
  serve(getCommentAttachments, ['start', 'limit'], (call) => {
    const request = requestOf(call)
    const id = call.path['commentId'] ?? ''
    const written =
      readableComments(call, request).find((one) => one.id === id) ??
      refuseService(404, `No comment exists with id '${id}'.`)
    const ids = new Set(written.attachmentIds)
    const attachments = request.issue.attachments.filter((attachment) => ids.has(attachment.id))
    return ok(servicePage(call, attachments, (attachment) => view(call, request, attachment)))
  }),
]
