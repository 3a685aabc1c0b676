import type { Attachment, Content, ContentComment, ContentTask, ContentType } from './confluence-model.ts'
import { createIndex } from './index-of.ts'
import type { Site } from './model.ts'
import { Table } from './table.ts'

const placeOf = (spaceId: string, type: ContentType, title: string): string =>
  `${spaceId} ${type} ${title.toLowerCase()}`

const byTitle = createIndex<Content>(({ spaceId, type, versions }) => [
  placeOf(spaceId, type, versions.at(-1)?.title ?? ''),
])
const commentsByThing = createIndex<ContentComment>(({ contentId }) => [contentId])
const attachmentsByContent = createIndex<Attachment>(({ contentId }) => [contentId])
const tasksByContent = createIndex<ContentTask>(({ contentId }) => [contentId])

/** Content of one type in a space that has a title, whatever its case, in whatever state. */
export function contentTitled(
  { confluence }: Site,
  { spaceId, type, title }: { readonly spaceId: string; readonly type: ContentType; readonly title: string },
): readonly Content[] {
  return byTitle.all(confluence.contents, placeOf(spaceId, type, title))
}

/** The comments on content or on an attachment, replies included. */
export const commentsAt = ({ confluence }: Site, thingId: string): readonly ContentComment[] =>
  commentsByThing.all(confluence.comments, thingId)

/** The attachments on content, in whatever state. */
export const attachmentsAt = ({ confluence }: Site, contentId: string): readonly Attachment[] =>
  attachmentsByContent.all(confluence.attachments, contentId)

/** The tasks of content. */
export const tasksAt = ({ confluence }: Site, contentId: string): readonly ContentTask[] =>
  tasksByContent.all(confluence.tasks, contentId)

/** Everything in a map, for one who changes nothing of it, even while something is written. */
export function lookThrough<Value>(things: ReadonlyMap<string, Value>): Iterable<Value> {
  return things instanceof Table ? peeked<Value>(things) : things.values()
}

function peeked<Value>(table: Table<Value>): readonly Value[] {
  return [...table.peekAll()].map(([, value]) => value)
}
