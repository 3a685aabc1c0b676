import type { Edit } from '../json/edit.ts'
import { edit } from '../json/edit.ts'
import { membersOf, textMember } from '../json/members.ts'
import type { JsonObject } from '../json/object.ts'
import { parseJsonObject } from '../json/object.ts'
import type { Span } from '../json/scan.ts'
import { scanArray } from '../json/scan.ts'
import type { Answer } from '../message.ts'
import { readMessage, textOf } from '../message.ts'

/** Where the next page of a list begins. Undefined: there is none. */
export function nextCursorIn({ bytes, result }: Answer): string | undefined {
  return textMember(bytes, result, 'nextCursor')
}

/** One list of several pages: the first answer, with the items of all of them and the cursor of the last one. */
export function joinPages(pages: readonly Answer[], member: string): Answer {
  const [first] = pages
  const last = pages.at(-1)
  if (!first?.result || !last?.result || pages.length === 1) return first ?? never()
  const items = pages.flatMap((page) => textsOf(page.bytes, itemsIn(page, member)))
  const cursor = nextCursorIn(last)
  const members = [...membersOf(first.bytes, first.result)]
    .filter(([name]) => name !== 'nextCursor' && name !== member)
    .map(([name, span]) => `${JSON.stringify(name)}:${textOf(first.bytes, span)}`)
  const more = cursor === undefined ? [] : [`"nextCursor":${JSON.stringify(cursor)}`]
  const text = `{${[...members, `${JSON.stringify(member)}:[${items.join(',')}]`, ...more].join(',')}}`
  return edited(first, { ...first.result, text })
}

/** A list without the items that do not pass. All else stays byte by byte. */
export function withoutItems(answer: Answer, member: string, passes: (item: JsonObject) => boolean): Answer {
  const spans = itemsIn(answer, member)
  const kept = spans.filter((span) => passes(parseJsonObject(textOf(answer.bytes, span)) ?? {}))
  if (kept.length === spans.length || !answer.result) return answer
  const list = membersOf(answer.bytes, answer.result).get(member)
  if (!list) return answer
  return edited(answer, { ...list, text: `[${textsOf(answer.bytes, kept).join(',')}]` })
}

function itemsIn({ bytes, result }: Answer, member: string): readonly Span[] {
  const list = result && membersOf(bytes, result).get(member)
  const spans: Span[] = []
  if (list) scanArray(bytes, list.start, (span) => spans.push(span))
  return spans
}

function textsOf(bytes: Buffer, spans: readonly Span[]): readonly string[] {
  return spans.map((span) => textOf(bytes, span))
}

function edited({ bytes }: Answer, change: Edit): Answer {
  const message = readMessage(edit(bytes, [change]))
  return message.kind === 'answer' ? message : never()
}

function never(): never {
  throw new Error('A list that was put together is no answer any more.')
}
