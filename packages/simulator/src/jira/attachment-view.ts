import type { Attachment } from '../world/jira/attachment-model.ts'
import { rest, timeOf, userView, type View } from './view.ts'

/** The kinds of files that are pictures, and so have a small form of themselves. */
export function isPicture({ mimeType }: Attachment): boolean {
  return /^image\/(png|jpeg|gif|svg\+xml|webp)$/.test(mimeType)
}

/** An attachment inside of an issue (documented; ids are strings here). */
export function attachmentView(view: View, attachment: Attachment): Record<string, unknown> {
  const { id, filename, created, size, mimeType } = attachment
  const author = userView(view, attachment.authorId)
  return {
    self: rest(view, `attachment/${id}`),
    id,
    filename,
    ...(author && { author }),
    created: timeOf(view, created),
    size,
    mimeType,
    content: rest(view, `attachment/content/${id}`),
    ...(isPicture(attachment) && { thumbnail: rest(view, `attachment/thumbnail/${id}`) }),
  }
}
