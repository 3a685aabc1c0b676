import type { Call } from '../http/call.ts'
import type { Attachment, Content, ContentComment, ContentType, Space } from '../world/confluence-model.ts'
import { mayInSpace, mayRead, passesRestrictions } from '../world/permissions.ts'
import { attachmentsAt } from '../world/wiki-indexes.ts'
import { kinds } from './kinds.ts'
import { refuseMissing } from './refuse.ts'

type Asked = Pick<Call, 'site' | 'caller'>

/** Whether the caller sees a piece of content. Drafts are for those who wrote them. */
export function sees({ site, caller }: Asked, content: Content): boolean {
  if (content.status === 'draft' && content.authorId !== caller.person?.accountId) return false
  return mayRead(caller, site, content)
}

/** Everything of one type that the caller sees, by id. */
export function visibleContents(asked: Asked, type: ContentType): readonly Content[] {
  const open = new Set(visibleSpaces(asked).map(({ id }) => id))
  const accountId = asked.caller.person?.accountId ?? ''
  const found: Content[] = []
  for (const content of asked.site.confluence.contents.values()) {
    if (content.type !== type || !open.has(content.spaceId)) continue
    if (content.status === 'draft' && content.authorId !== accountId) continue
    if (passesRestrictions(asked.site, content, accountId)) found.push(content)
  }
  return found
}

/** What a piece of content may be in to be let through. */
interface Wanted {
  readonly type: ContentType
  /** Default: current and archived. */
  readonly statuses?: readonly string[]
}

/** A piece of content that the caller sees, in one of the states that are let through. */
export function contentOf(
  asked: Asked,
  id: string | undefined,
  { type, statuses = ['current', 'archived'] }: Wanted,
): Content {
  const content = asked.site.confluence.contents.get(id ?? '')
  if (content?.type === type && statuses.includes(content.status) && sees(asked, content)) return content
  return refuseMissing(kinds[type].title, id)
}

/** What a comment or an attachment is on: content, or the content of an attachment. */
export function containerOf({ site }: Pick<Asked, 'site'>, id: string): Content | undefined {
  const { attachments, contents } = site.confluence
  return contents.get(attachments.get(id)?.contentId ?? id)
}

/** Whether the caller sees what a comment is on. */
export function seesComment(asked: Asked, comment: ContentComment): boolean {
  const content = containerOf(asked, comment.contentId)
  return content !== undefined && content.status !== 'trashed' && sees(asked, content)
}

/** A comment on content that the caller sees. */
export function commentOf(
  asked: Asked,
  id: string | undefined,
  kind?: ContentComment['kind'],
): { readonly comment: ContentComment; readonly content: Content } {
  const comment = asked.site.confluence.comments.get(id ?? '')
  const content = comment && containerOf(asked, comment.contentId)
  const fits = comment !== undefined && (kind === undefined || comment.kind === kind)
  return fits && content && sees(asked, content) ? { comment, content } : refuseMissing('Comment', id)
}

/** Whether the caller sees an attachment: whoever sees what it is on. */
export function seesAttachment(asked: Asked, { contentId }: Attachment): boolean {
  const content = asked.site.confluence.contents.get(contentId)
  return content !== undefined && content.status !== 'trashed' && sees(asked, content)
}

/** An attachment that the caller sees, with what it is on. Version 1 knows it without `att` as well (inferred). */
export function attachmentOf(
  asked: Asked,
  id: string | undefined,
  statuses: readonly Attachment['status'][] = ['current'],
): { readonly attachment: Attachment; readonly content: Content } {
  const { attachments, contents } = asked.site.confluence
  const attachment = attachments.get(id ?? '') ?? attachments.get(`att${id}`)
  const content = contents.get(attachment?.contentId ?? '')
  return attachment && content && statuses.includes(attachment.status) && seesAttachment(asked, attachment)
    ? { attachment, content }
    : refuseMissing('Attachment', id)
}

/** The attachments on content that the caller sees, in the order they came. */
export function attachmentsOn(asked: Asked, { id }: Content): readonly Attachment[] {
  return attachmentsAt(asked.site, id).filter(
    (attachment) => attachment.status === 'current' && seesAttachment(asked, attachment),
  )
}

/** Whether the caller sees a space. */
export function seesSpace({ site, caller }: Asked, space: Space): boolean {
  return mayInSpace(caller, site, { space, key: 'read', target: 'space' })
}

export function visibleSpaces(asked: Asked): readonly Space[] {
  return [...asked.site.confluence.spaces.values()].filter((space) => seesSpace(asked, space))
}

export function spaceOf(asked: Asked, id: string | undefined): Space {
  const space = asked.site.confluence.spaces.get(id ?? '')
  return space && seesSpace(asked, space) ? space : refuseMissing('Space', id)
}

/** Whether the caller may do something in the space of content, such as `delete` on `attachment`. */
export function mayAround(
  { site, caller }: Asked,
  { spaceId }: Pick<Content, 'spaceId'>,
  { key, target }: { readonly key: string; readonly target: string },
): boolean {
  const space = site.confluence.spaces.get(spaceId)
  return space !== undefined && mayInSpace(caller, site, { space, key, target })
}

/** The id that comes first in the path: what the operation is about. */
export function subjectId({ path }: Pick<Call, 'path'>): string {
  return Object.values(path)[0] ?? ''
}
