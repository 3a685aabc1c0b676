import { convertContentIdsToContentTypes } from '@telamon/confluence/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok } from '../http/reply.ts'
import { asId, asList } from '../http/value.ts'
import { containerOf, sees } from './find.ts'
import { bodyOf, refuseInput } from './refuse.ts'

/** The type of what has this id; null for what is not there or not visible (documented). */
function typeOf(call: Call, id: string): string | null {
  const { attachments, comments } = call.site.confluence
  const comment = comments.get(id)
  const content = containerOf(call, comment?.contentId ?? id)
  if (!content || content.status === 'trashed' || !sees(call, content)) return null
  if (comment) return `${comment.kind}-comment`
  if (attachments.has(id)) return 'attachment'
  return content.type === 'custom' ? (content.customType ?? null) : content.type
}

export const typeHandlers: readonly Served[] = [
  serve(convertContentIdsToContentTypes, [], (call) => {
    const ids = asList(bodyOf(call)['contentIds']) ?? refuseInput('contentIds is missing')
    const types = ids.flatMap((given): [string, string | null][] => {
      const id = asId(given)
      return id === undefined ? [] : [[id, typeOf(call, id)]]
    })
    return ok({ results: Object.fromEntries(types) })
  }),
]
