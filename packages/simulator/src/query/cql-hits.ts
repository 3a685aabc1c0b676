import type { PreparedText } from '@telamon/query'

import { newest, titleOf } from '../confluence/view.ts'
import { bodyText } from '../content/body.ts'
import type { Attachment, Body, Content, ContentComment, Space } from '../world/confluence-model.ts'
import type { Person } from '../world/model.ts'
import { searchable } from './text-index.ts'

/** What CQL finds. */
export type Hit =
  | { readonly kind: 'content'; readonly content: Content }
  | { readonly kind: 'comment'; readonly comment: ContentComment; readonly content: Content }
  | { readonly kind: 'attachment'; readonly attachment: Attachment; readonly content: Content }
  | { readonly kind: 'space'; readonly space: Space }
  | { readonly kind: 'user'; readonly person: Person }

/** What is known of one kind of hit. */
interface Facts {
  readonly id: string
  readonly type: string
  readonly title: string
  /** Whose words are kept ready for searching. */
  readonly owner: object
  /** What has the words, apart from the title. */
  readonly text: { readonly source: unknown; readonly read: () => string }
  readonly spaceId: string
  readonly created: number
  readonly modified: number
  readonly creatorId: string
  readonly contributorIds: () => readonly string[]
  readonly body?: Body
}

/** A thing with versions. */
interface Written {
  readonly id: string
  readonly authorId: string
  readonly createdAt: number
  readonly versions: readonly { readonly authorId: string; readonly createdAt: number }[]
}

/** What content, comments and attachments have in common. */
function factsOfWritten(
  { id, authorId, createdAt, versions }: Written,
  content: Content,
): Omit<Facts, 'type' | 'title' | 'text' | 'body'> {
  const version = newest({ versions })
  return {
    id,
    owner: version,
    spaceId: content.spaceId,
    created: createdAt,
    modified: version.createdAt,
    creatorId: authorId,
    contributorIds: () => [...new Set(versions.map((one) => one.authorId))],
  }
}

const textOf = (body: Body): Facts['text'] => ({ source: body, read: () => bodyText(body) })

function factsOfContent({ content }: { readonly content: Content }): Facts {
  const { body, title } = newest(content)
  const type = content.customType ?? content.type
  return { ...factsOfWritten(content, content), type, title, body, text: textOf(body) }
}

function factsOfComment({ comment, content }: Extract<Hit, { kind: 'comment' }>): Facts {
  const { body } = newest(comment)
  const title = `Re: ${titleOf(content)}`
  return { ...factsOfWritten(comment, content), type: 'comment', title, body, text: textOf(body) }
}

function factsOfAttachment({ attachment, content }: Extract<Hit, { kind: 'attachment' }>): Facts {
  const { message, title } = newest(attachment)
  const text = { source: message, read: () => message }
  return { ...factsOfWritten(attachment, content), type: 'attachment', title, text }
}

/** What is known of a hit, whatever its kind. */
export function factsOf(hit: Hit): Facts {
  if (hit.kind === 'content') return factsOfContent(hit)
  if (hit.kind === 'comment') return factsOfComment(hit)
  if (hit.kind === 'attachment') return factsOfAttachment(hit)
  return hit.kind === 'space' ? factsOfSpace(hit.space) : factsOfPerson(hit.person)
}

function factsOfSpace(space: Space): Facts {
  const { id, name, description, createdAt, authorId } = space
  return {
    id,
    type: 'space',
    title: name,
    owner: space,
    text: { source: description, read: () => description },
    spaceId: id,
    created: createdAt,
    modified: createdAt,
    creatorId: authorId,
    contributorIds: () => [authorId],
  }
}

function factsOfPerson(person: Person): Facts {
  const { accountId, displayName } = person
  return {
    id: accountId,
    type: 'user',
    title: displayName,
    owner: person,
    text: { source: displayName, read: () => displayName },
    spaceId: '',
    created: 0,
    modified: 0,
    creatorId: '',
    contributorIds: () => [],
  }
}

/** The words of a hit without its title. */
export function hitText(hit: Hit): PreparedText {
  const { owner, text } = factsOf(hit)
  return searchable(owner, { part: 'text', ...text })
}

export function preparedTitle(hit: Hit): PreparedText {
  const { owner, title } = factsOf(hit)
  return searchable(owner, { part: 'title', source: title, read: () => title })
}

/** How favourites, watchers and views name a hit; undefined for what cannot be kept at hand. */
export function thingOf(hit: Hit): string | undefined {
  if (hit.kind === 'content') return `content/${hit.content.id}`
  return hit.kind === 'space' ? `space/${hit.space.key}` : undefined
}
