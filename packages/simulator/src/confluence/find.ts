import type { Call } from '../http/call.ts'
import type { Content, ContentComment, ContentType, Space } from '../world/confluence-model.ts'
import { mayInSpace, mayRead } from '../world/permissions.ts'
import { refuseMissing } from './refuse.ts'

type Asked = Pick<Call, 'site' | 'caller'>

const titles: Readonly<Record<ContentType, string>> = {
  page: 'Page',
  blogpost: 'Blog post',
  folder: 'Folder',
}

/** Whether the caller sees a piece of content. Drafts are for those who wrote them. */
export function sees({ site, caller }: Asked, content: Content): boolean {
  if (content.status === 'draft' && content.authorId !== caller.person?.accountId) return false
  return mayRead(caller, site, content)
}

/** Everything of one type that the caller sees, by id. */
export function visibleContents(asked: Asked, type: ContentType): readonly Content[] {
  return [...asked.site.confluence.contents.values()].filter(
    (content) => content.type === type && sees(asked, content),
  )
}

/** A piece of content that the caller sees, in one of the states that are let through. */
export function contentOf(
  asked: Asked,
  id: string | undefined,
  {
    type,
    statuses = ['current', 'archived'],
  }: { readonly type: ContentType; readonly statuses?: readonly string[] },
): Content {
  const content = asked.site.confluence.contents.get(id ?? '')
  if (content?.type === type && statuses.includes(content.status) && sees(asked, content)) return content
  return refuseMissing(titles[type], id)
}

/** A comment on content that the caller sees. */
export function commentOf(
  asked: Asked,
  id: string | undefined,
): { readonly comment: ContentComment; readonly content: Content } {
  const comment = asked.site.confluence.comments.get(id ?? '')
  const content = comment && asked.site.confluence.contents.get(comment.contentId)
  return comment && content && sees(asked, content) ? { comment, content } : refuseMissing('Comment', id)
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
