import {
  addAttachment,
  expandAttachmentForHumans,
  expandAttachmentForMachines,
  getAttachment,
  getAttachmentContent,
  getAttachmentMeta,
  getAttachmentThumbnail,
  removeAttachment,
} from '@telamon/jira/operations'

import { drawAvatar } from '../auth/avatars.ts'
import { type ArchiveEntry, listArchive } from '../content/archive.ts'
import { type Call, type FormFile, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { mediaAddress } from '../http/media-address.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import { nextId } from '../world/ids.ts'
import type { Issue, Project } from '../world/jira-model.ts'
import type { Attachment } from '../world/jira/attachment-model.ts'
import { may } from '../world/permissions.ts'
import { attachmentView, isPicture } from './attachment-view.ts'
import { issueOf } from './find.ts'
import { addChange } from './history.ts'
import { bytesOf, streamFile } from './media.ts'

/** What a site takes at most, in bytes. */
export const uploadLimit = 10 * 1024 * 1024

/** The addresses that a form comes from must say that they know what they do (documented). */
export function lacksToken({ headers }: Pick<Call, 'headers'>): boolean {
  const token = headers.get('x-atlassian-token')
  return token !== 'no-check' && token !== 'nocheck'
}

function checkToken(call: Call): void {
  if (!lacksToken(call)) return
  refuse({
    status: 403,
    text: 'XSRF check failed',
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
  })
}

/** Keeps the bytes of a file that is to be on an issue. */
export function keepFile(call: Call, file: FormFile): Attachment {
  const id = nextId(call.world, 'issueAttachment', call.site.cloudId)
  call.site.jira.files.set(id, Buffer.from(file.bytes).toString('base64'))
  return {
    id,
    authorId: call.caller.person?.accountId ?? null,
    filename: file.name,
    mimeType: file.mediaType === '' ? 'application/octet-stream' : file.mediaType,
    created: call.clock.now(),
    size: file.bytes.length,
  }
}

/** What the changelog says of a file that came or went (inferred from its other items). */
export function noteFile(
  call: Call,
  issue: Issue,
  { attachment, came }: { attachment: Attachment; came: boolean },
): void {
  const { id, filename } = attachment
  const side = came
    ? { from: null, fromString: null, to: id, toString: filename }
    : { from: id, fromString: filename, to: null, toString: null }
  const item = { field: 'Attachment', fieldtype: 'jira', fieldId: 'attachment', ...side } as const
  addChange(call, issue, { items: [item], now: call.clock.now() })
}

function add(call: Call): Reply {
  checkToken(call)
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  if (!may(call.caller, 'CREATE_ATTACHMENTS', { site: call.site, project, issue })) {
    return jiraError(403, ['You do not have permission to create attachments for this issue.'])
  }
  const { body } = call
  const files = body.kind === 'form' ? body.form.files.filter(({ field }) => field === 'file') : []
  if (files.length === 0) {
    return jiraError(400, ["No file was sent: put each into a part of the form with the name 'file'."])
  }
  const large = files.find(({ bytes }) => bytes.length > uploadLimit)
  if (large) {
    return jiraError(413, [`The file ${large.name} is larger than ${uploadLimit} bytes, which is the most.`])
  }
  const attachments = files.map((file) => keepFile(call, file))
  for (const attachment of attachments) {
    issue.attachments.push(attachment)
    noteFile(call, issue, { attachment, came: true })
  }
  return ok(attachments.map((attachment) => attachmentView(call, attachment)))
}

/** An attachment of an issue that the caller may see. */
function attachmentOf(call: Call): {
  readonly attachment: Attachment
  readonly issue: Issue
  readonly project: Project
} {
  const id = call.path['id'] ?? ''
  for (const issue of call.site.jira.issues.values()) {
    const attachment = issue.attachments.find((one) => one.id === id)
    const project = call.site.jira.projects.get(issue.projectId)
    if (!attachment || !project) continue
    if (!may(call.caller, 'BROWSE_PROJECTS', { site: call.site, project, issue })) break
    return { attachment, issue, project }
  }
  return refuse(jiraError(404, [`The attachment with id '${id}' does not exist.`]))
}

/** Callers are sent on to where the files are, unless they ask to be given the bytes here (documented). */
function content(call: Call): Reply {
  const { attachment } = attachmentOf(call)
  if (call.query.flag('redirect', true))
    return empty(303, { location: mediaAddress(call, { fileId: attachment.id }) })
  return streamFile(call.site, attachment, call.headers)
}

function thumbnail(call: Call): Reply {
  const { attachment } = attachmentOf(call)
  const known = isPicture(attachment)
  if (!known && !call.query.flag('fallbackToDefault', true)) {
    return jiraError(404, ['The attachment has no thumbnail.'])
  }
  if (!known) {
    return {
      status: 200,
      text: drawAvatar(attachment.filename),
      headers: { 'content-type': 'image/svg+xml' },
    }
  }
  if (call.query.flag('redirect', true))
    return empty(303, { location: mediaAddress(call, { fileId: attachment.id }) })
  return streamFile(call.site, attachment, call.headers)
}

function remove(call: Call): Reply {
  const { attachment, issue, project } = attachmentOf(call)
  const place = { site: call.site, project, issue }
  const own = attachment.authorId !== null && attachment.authorId === call.caller.person?.accountId
  const allowed =
    may(call.caller, 'DELETE_ALL_ATTACHMENTS', place) ||
    (own && may(call.caller, 'DELETE_OWN_ATTACHMENTS', place))
  if (!allowed) return jiraError(403, ['You do not have permission to delete this attachment.'])
  issue.attachments.splice(issue.attachments.indexOf(attachment), 1)
  call.site.jira.files.delete(attachment.id)
  noteFile(call, issue, { attachment, came: false })
  return empty()
}

/** The files in an archive; one that cannot be read as an archive is refused with 409 (documented). */
function entriesOf(call: Call, attachment: Attachment): readonly ArchiveEntry[] {
  return (
    listArchive(bytesOf(call.site, attachment)) ??
    refuse(jiraError(409, [`The attachment ${attachment.filename} is not an archive that can be read.`]))
  )
}

const sized = (bytes: number): string =>
  bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 102.4) / 10} kB`

export const attachmentHandlers: readonly Served[] = [
  serve(addAttachment, [], add),
  serve(getAttachment, [], (call) => {
    const { attachment } = attachmentOf(call)
    return ok({ ...attachmentView(call, attachment), id: Number(attachment.id), properties: {} })
  }),
  serve(getAttachmentContent, ['redirect'], content),
  serve(getAttachmentThumbnail, ['redirect', 'fallbackToDefault', 'width', 'height'], thumbnail),
  serve(getAttachmentMeta, [], () => ok({ enabled: true, uploadLimit })),
  serve(removeAttachment, [], remove),
  serve(expandAttachmentForHumans, [], (call) => {
    const { attachment } = attachmentOf(call)
    const entries = entriesOf(call, attachment)
    return ok({
      id: Number(attachment.id),
      name: attachment.filename,
      entries: entries.map(({ name, size, mediaType }, index) => ({
        path: name,
        index,
        size: sized(size),
        mediaType,
        label: name.split('/').at(-1) ?? name,
      })),
      totalEntryCount: entries.length,
      mediaType: attachment.mimeType,
    })
  }),
  serve(expandAttachmentForMachines, [], (call) => {
    const entries = entriesOf(call, attachmentOf(call).attachment)
    return ok({
      entries: entries.map(({ name, size, mediaType }, index) => ({
        entryIndex: index,
        abbreviatedName: name.split('/').at(-1) ?? name,
        name,
        size,
        mediaType,
      })),
      totalEntryCount: entries.length,
    })
  }),
]
