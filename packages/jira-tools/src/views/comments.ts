import type { ReadText } from '../rich-text.ts'
import { membersOf, momentText, nameOf, valueText } from './value.ts'

/** How much of the comments is wanted. */
export interface CommentsView {
  /** How many of the newest to write out. */
  readonly wanted: number
  readonly read: ReadText
}

/** How many comments there are, and which came along: those of an issue are given oldest first. */
export function commentsIn(value: unknown): {
  readonly total: number
  readonly comments: readonly unknown[]
} {
  const { comments, total } = membersOf(value)
  const known: readonly unknown[] = Array.isArray(comments) ? comments : []
  return { total: typeof total === 'number' ? total : known.length, comments: known }
}

/** The newest comments, with a heading that says how many there are in all; empty when there are none. */
export function commentsText(value: unknown, { wanted, read }: CommentsView): string {
  const { total, comments } = commentsIn(value)
  if (total === 0) return ''
  const newest = wanted === 0 ? [] : comments.slice(-wanted)
  if (newest.length === 0) return `Comments: ${total}, not shown.`
  const heading =
    newest.length === total
      ? `## Comments (${total})`
      : `## Comments (the newest ${newest.length} of ${total})`
  return [heading, ...newest.map((comment) => commentText(comment, read))].join('\n\n')
}

/** A comment with who wrote it and when. */
export function commentText(value: unknown, read: ReadText): string {
  const { id, author, created, body, visibility } = membersOf(value)
  const only = visibility ? `, only for ${nameOf(membersOf(visibility))}` : ''
  return `**${nameOf(membersOf(author)) || 'Somebody'}**, ${momentText(created)} (comment ${valueText(id, read)}${only})\n\n${read(body)}`
}
