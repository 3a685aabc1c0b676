import type { Attachment, ContentComment, ContentTask } from './confluence-model.ts'
import { createIndex } from './index-of.ts'
import type { Site } from './model.ts'
import { Table } from './table.ts'

const commentsByThing = createIndex<ContentComment>(({ contentId }) => [contentId])
const attachmentsByContent = createIndex<Attachment>(({ contentId }) => [contentId])

/** The comments on content or on an attachment, replies included. */
export const commentsAt = ({ confluence }: Site, thingId: string): readonly ContentComment[] =>
  commentsByThing.all(confluence.comments, thingId)

/** The attachments on content, in whatever state. */
export const attachmentsAt = ({ confluence }: Site, contentId: string): readonly Attachment[] =>
  attachmentsByContent.all(confluence.attachments, contentId)

/** The tasks of content, which are few enough on a site to be looked through. */
export function tasksAt({ confluence: { tasks } }: Site, contentId: string): readonly ContentTask[] {
  const found: ContentTask[] = []
  for (const [id, task] of lookThrough(tasks)) {
    const own = task.contentId === contentId ? tasks.get(id) : undefined
    if (own) found.push(own)
  }
  return found
}

/** Everything in a map, for one who changes nothing of it, even while something is written. */
export function lookThrough<Value>(things: ReadonlyMap<string, Value>): Iterable<readonly [string, Value]> {
  return things instanceof Table ? peeked<Value>(things) : things.entries()
}

const peeked = <Value>(table: Table<Value>): Iterable<readonly [string, Value]> => table.peekAll()
