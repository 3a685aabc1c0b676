import type { Edit } from '../json/edit.ts'
import { edit } from '../json/edit.ts'
import { membersOf, textMember } from '../json/members.ts'
import { skipSpace } from '../json/scan.ts'
import type { Answer, Request } from '../message.ts'
import { listings } from '../server-description.ts'

/** An answer with the id of the request it belongs to, to the letter. */
export function answerTo({ id }: Request, answer: Answer): Buffer {
  if (answer.id === id) return answer.bytes
  return edit(answer.bytes, [idEdit(answer, id)])
}

/** An answer of the legacy era as revision 2026-07-28 has it: results say that they are complete and how long they keep. */
export function modernAnswerTo(request: Request, answer: Answer): Buffer {
  const { bytes, result } = answer
  const edits = answer.id === request.id ? [] : [idEdit(answer, request.id)]
  if (result && textMember(bytes, result, 'resultType') === undefined) {
    const keeps = Object.hasOwn(listings, request.method) || request.method === 'resources/read'
    const members = `"resultType":"complete"${keeps ? ',"ttlMs":0,"cacheScope":"private"' : ''}`
    const start = result.start + 1
    const isEmpty = membersOf(bytes, result).size === 0
    edits.push({ start, end: start, text: isEmpty ? members : `${members},` })
  }
  return edit(
    bytes,
    edits.toSorted((one, other) => one.start - other.start),
  )
}

function idEdit({ bytes, idSpan }: Answer, id: string): Edit {
  const start = skipSpace(bytes, 0) + 1
  return idSpan ? { ...idSpan, text: id } : { start, end: start, text: `"id":${id},` }
}
