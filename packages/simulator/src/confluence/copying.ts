import type { JsonObject } from '../http/value.ts'
import type { Content, Space } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import type { Random } from '../world/random.ts'
import { addAttachment } from './files.ts'
import { addContent, addVersion, type Author } from './lifecycle.ts'
import { newest } from './view.ts'

/** What goes along with a copy. Only what is asked for does (documented). */
export interface CopyChoices {
  readonly attachments: boolean
  readonly permissions: boolean
  readonly properties: boolean
  readonly labels: boolean
}

export function readChoices(body: JsonObject): CopyChoices {
  return {
    attachments: body['copyAttachments'] === true,
    permissions: body['copyPermissions'] === true,
    properties: body['copyProperties'] === true,
    labels: body['copyLabels'] === true,
  }
}

/** Where a copy goes and what it is called. */
export interface CopyTarget extends CopyChoices {
  readonly space: Space
  readonly parentId: string | null
  readonly title: string
  /** A page that gets a version with the copied body, in place of a new page. */
  readonly replaces?: Content
}

function keepFiles(author: Author & { readonly random: Random }, source: Content, copy: Content): void {
  const { attachments, files } = author.site.confluence
  const kept = Array.from(attachments.values()).filter(
    ({ contentId, status }) => contentId === source.id && status === 'current',
  )
  for (const attachment of kept) {
    const { title, mediaType, fileId, message } = newest(attachment)
    const bytes = new Uint8Array(Buffer.from(files.get(fileId) ?? '', 'base64'))
    addAttachment(author, copy, { name: title, mediaType, bytes, comment: message })
  }
}

/** Copies a page, without its comments and without its past. */
export function copyContent(
  author: Author & { readonly random: Random },
  source: Content,
  target: CopyTarget,
): Content {
  const { space, parentId, title, replaces } = target
  const { body } = newest(source)
  const copy =
    replaces ??
    addContent(author, {
      type: source.type,
      space,
      parentId,
      status: 'current',
      title,
      body,
      ...(source.subtype !== undefined && { subtype: source.subtype }),
    })
  if (replaces) addVersion(author, replaces, { title, body, message: '' })
  if (target.attachments) keepFiles(author, source, copy)
  if (target.labels)
    for (const label of source.labels) if (!copy.labels.includes(label)) copy.labels.push(label)
  if (target.permissions) {
    for (const operation of ['read', 'update'] as const) {
      for (const accountId of source[operation].people) copy[operation].people.add(accountId)
      for (const groupId of source[operation].groups) copy[operation].groups.add(groupId)
    }
  }
  const { properties } = author.site.confluence
  if (target.properties) {
    const copied = (properties.get(source.id) ?? []).map(({ key, value, version, createdAt, createdBy }) => ({
      id: nextId(author.world, 'entityProperty', author.site.cloudId),
      key,
      value,
      version: { ...version, number: 1 },
      createdAt,
      createdBy,
    }))
    properties.set(copy.id, copied)
  }
  return copy
}
