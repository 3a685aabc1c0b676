import type { OperationSpec, PageKind } from '../operation.ts'
import { loadFailing } from '../parts.ts'
import type { AnyInput } from '../request.ts'
import { cursor } from './cursor.ts'
import { link } from './link.ts'
import { offset } from './offset.ts'
import { membersOf } from './pager.ts'
import type { Pager } from './pager.ts'
import { since } from './since.ts'
import { start } from './start.ts'
import { token } from './token.ts'

/** Each way of paging by the name that records give it. */
export const pagers: Readonly<Record<PageKind, Pager>> = { offset, token, link, start, since, cursor }

/** What was asked, and what was answered. */
export interface Asked {
  readonly operation: OperationSpec
  readonly pager: Pager
  readonly input: AnyInput
  readonly position: string | undefined
}

/**
 * Puts a position into an input: into the query, or the body of a POST that has its paging there. Which of the two an
 * offset goes to is told by where the caller has put its size.
 */
export function placed({ operation, pager, input, position }: Asked): AnyInput {
  if (position === undefined) return input
  const { parameter } = pager
  const value = pager.numeric === true ? Number(position) : position
  const body = membersOf(input.body)
  const inBody = pager.inBody === true || parameter in body || 'maxResults' in body
  if (operation.method === 'POST' && inBody) return { ...input, body: { ...body, [parameter]: value } }
  return { ...input, query: { ...input.query, [parameter]: value } }
}

type Way = readonly string[]

/** The members that lead to the items, outermost first, by each of their names; none when the answer is the list itself. */
const waysTo = ({ items = 'values' }: OperationSpec): readonly Way[] =>
  items.split('|').map((name) => (name === '' ? [] : name.split('.')))

const within = (answer: unknown, way: Way): unknown => {
  let value = answer
  for (const name of way) value = membersOf(value)[name]
  return value
}

/** The items of a page; nothing where the record's members hold no list. */
export function itemsIn(operation: OperationSpec, answer: unknown): readonly unknown[] | undefined {
  const values = waysTo(operation).map((way) => within(answer, way))
  return values.find((value) => Array.isArray(value)) ?? (values.includes(null) ? [] : undefined)
}

/** What says how to go on stands beside the items, be they ever so deep, or at the top. */
function besideItems(operation: OperationSpec, answer: unknown): unknown {
  const [way = []] = waysTo(operation)
  return way.length < 2 ? answer : { ...membersOf(answer), ...membersOf(within(answer, way.slice(0, -1))) }
}

async function reject({ operation }: Asked, headers: Headers, detail: string): Promise<never> {
  const { unreadable } = await loadFailing()
  const standing = { operation, doubt: false }
  throw unreadable(standing, { status: 200, headers }, { detail, outcome: 'executed' })
}

/** One page: its items, and where the next begins. Refuses an answer without a list, and one that turns in a circle. */
export async function readPage(
  asked: Asked,
  answer: unknown,
  headers: Headers,
): Promise<{ readonly items: readonly unknown[]; readonly position: string | undefined }> {
  const { operation, pager, input, position } = asked
  const items = itemsIn(operation, answer)
  if (items === undefined) return reject(asked, headers, 'The answer holds no list of items.')
  const { startAt } = membersOf(answer)
  const behind = position !== undefined && typeof startAt === 'number' && startAt < Number(position)
  if (pager === offset && behind) {
    const detail =
      'The page begins before the one asked for. Of a POST, give maxResults where startAt belongs.'
    return reject(asked, headers, detail)
  }
  const next = pager.next({
    answer: besideItems(operation, answer),
    headers,
    position,
    received: items.length,
    input,
  })
  if (next !== undefined && next === position)
    return reject(asked, headers, 'The next page is the same page again.')
  return { items, position: next }
}
