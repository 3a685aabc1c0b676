import { effectOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import { itemsIn } from './pages/page.ts'
import { membersOf } from './pages/pager.ts'
import type { AnyInput } from './request.ts'

/** Points for the request itself. A write costs this and nothing else (documented). */
const base = 1

/** Paths that end in people, groups, roles or permissions, whose objects cost 2 points each; all others cost 1 (documented). */
const identity =
  /\/(?:user|group|role|permission|actor|member)s?(?:\/(?:search|bulk|assignable|picker|query|by-id|\{[^{}]+\}))*$/

/** Page sizes when none is asked for (documented). */
const usualPage: Readonly<Record<NonNullable<OperationSpec['page']>, number>> = {
  offset: 50,
  token: 50,
  cursor: 50,
  link: 25,
  start: 25,
  since: 1_000,
}

const weightOf = ({ path }: OperationSpec): number => (identity.test(path) ? 2 : 1)

const longestList = (value: unknown): number =>
  Math.max(0, ...Object.values(membersOf(value)).map((member) => (Array.isArray(member) ? member.length : 0)))

/** How many objects an input asks for: a page's size, or the number of ids in the body of a bulk read. */
function expected({ page }: OperationSpec, { query, body }: AnyInput): number {
  const asked = { ...membersOf(body), ...query }
  if (page === undefined) return Math.max(1, longestList(body))
  const size = Number(asked['maxResults'] ?? asked['limit'])
  return size >= 0 ? size : usualPage[page]
}

/** How many objects came. */
function received(operation: OperationSpec, answer: unknown): number {
  if (operation.page !== undefined) return itemsIn(operation, answer)?.length ?? 0
  return Array.isArray(answer) ? answer.length : Math.max(1, longestList(answer))
}

/** What a call is expected to cost of Atlassian's points, from its record and input alone. */
export function pointsAhead(operation: OperationSpec, input: AnyInput): number {
  return effectOf(operation) === 'read' ? base + weightOf(operation) * expected(operation, input) : base
}

/** What a call has cost, by what its answer holds. Atlassian publishes the model and no table. */
export function pointsSpent(operation: OperationSpec, answer: unknown): number {
  return effectOf(operation) === 'read' ? base + weightOf(operation) * received(operation, answer) : base
}
