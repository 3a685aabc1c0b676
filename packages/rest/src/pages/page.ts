import { unreadable } from '../failure.ts'
import type { OperationSpec, PageKind } from '../operation.ts'
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

/** The members that lead to the items, outermost first; none when the answer is the list itself. */
const wayTo = ({ items = 'values' }: OperationSpec): readonly string[] =>
  items === '' ? [] : items.split('.')

const within = (answer: unknown, way: readonly string[]): unknown => {
  let value = answer
  for (const name of way) value = membersOf(value)[name]
  return value
}

/** The items of a page; nothing where the record's member holds no list. */
export function itemsIn(operation: OperationSpec, answer: unknown): readonly unknown[] | undefined {
  const value = within(answer, wayTo(operation))
  if (value === null) return []
  return Array.isArray(value) ? value : undefined
}

/** What says how to go on stands beside the items, be they ever so deep, or at the top. */
function besideItems(operation: OperationSpec, answer: unknown): unknown {
  const way = wayTo(operation)
  return way.length < 2 ? answer : { ...membersOf(answer), ...membersOf(within(answer, way.slice(0, -1))) }
}

/** One page: its items, and where the next begins. Refuses an answer without a list, and one that turns in a circle. */
export function readPage(
  asked: Asked,
  answer: unknown,
  headers: Headers,
): { readonly items: readonly unknown[]; readonly position: string | undefined } {
  const { operation, pager, input, position } = asked
  const standing = { operation, doubt: false }
  const reject = (detail: string): Error =>
    unreadable(standing, { status: 200, headers }, { detail, outcome: 'executed' })
  const items = itemsIn(operation, answer)
  if (items === undefined) throw reject('The answer holds no list of items.')
  const { startAt } = membersOf(answer)
  if (
    pager === offset &&
    position !== undefined &&
    typeof startAt === 'number' &&
    startAt < Number(position)
  ) {
    throw reject(
      'The page begins before the one asked for. Of a POST, give maxResults where startAt belongs.',
    )
  }
  const next = pager.next({
    answer: besideItems(operation, answer),
    headers,
    position,
    received: items.length,
    input,
  })
  if (next !== undefined && next === position) throw reject('The next page is the same page again.')
  return { items, position: next }
}
