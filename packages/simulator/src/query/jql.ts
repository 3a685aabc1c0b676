import {
  type Clause,
  compile,
  type Compiled,
  type Context,
  type Dialect,
  type Node,
  type Operand,
  parseJql,
  type Problem,
  type Query,
  type QueryError,
} from '@telamon/query'

import type { Issue } from '../world/jira-model.ts'
import { candidatesFor } from './issue-candidates.ts'
import { jqlFields } from './jql-fields.ts'
import { jqlFunctions } from './jql-functions.ts'
import { type Asker, person, visibleOf } from './jql-values.ts'

export type { Asker } from './jql-values.ts'

/** What came of a query: a mistake in its form, or what it finds, with what is wrong in its meaning. */
export type Found =
  | { readonly ok: false; readonly error: QueryError }
  | {
      readonly ok: true
      readonly query: Query
      readonly problems: readonly Problem[]
      readonly issues: readonly Issue[]
      matches(issue: Issue): boolean
    }

/** `resolution = Unresolved` means that there is none (documented). */
function unresolved(operand: Operand): Operand {
  if (operand.type === 'list') return { ...operand, items: operand.items.map(unresolved) }
  const { span } = operand
  return operand.type === 'value' && operand.value.toLowerCase() === 'unresolved'
    ? { type: 'empty', span }
    : operand
}

function normalClause(clause: Clause): Clause {
  const { field, operand } = clause
  if (field.name.toLowerCase() !== 'resolution' || !operand) return clause
  return { ...clause, operand: unresolved(operand) }
}

function normalNode(node: Node): Node {
  if (node.type === 'clause') return normalClause(node)
  if (node.type === 'not') return { ...node, clause: normalNode(node.clause) }
  return { ...node, clauses: node.clauses.map(normalNode) }
}

function contextOf({ caller, site, clock }: Asker): Context {
  const { person: asking } = caller
  return {
    now: clock.now(),
    timeZone: asking?.timeZone ?? site.timeZone,
    ...(asking && { user: asking.accountId }),
  }
}

interface Seen extends Pick<Compiled<Issue>, 'test' | 'compare'> {
  readonly found: readonly Issue[]
  /** Ids that the index is up to date with, whatever else is late. */
  readonly current: readonly string[]
}

/** What the index shows: issues that it is late with as they were before, and everything in the order of the query. */
function inOrder(asker: Asker, { found, test, compare, current }: Seen): readonly Issue[] {
  const { issues } = asker.site.jira
  const late = new Map(asker.lag?.stale(issues))
  for (const id of current) late.delete(id)
  if (late.size === 0) return found.toSorted(compare)
  const before = visibleOf(
    asker,
    [...late.values()].filter((issue) => issue !== undefined),
  ).filter(test)
  const shown = [...found.filter(({ id }) => !late.has(id)), ...before].toSorted(compare)
  // What is shown of an issue is read from the issue itself, which may be gone.
  return shown.flatMap(({ id }) => issues.get(id) ?? [])
}

/**
 * Finds issues: those that the asker may see, narrowed by the query, in its order, and by id where that leaves a choice.
 * Permissions come first, so that neither counts nor complaints tell of what is hidden. Issues
 * of which the index has not heard yet are found as they were, unless their ids are among the current ones.
 */
export function findIssues(asker: Asker, text: string, current: readonly string[] = []): Found {
  const { query, errors } = parseJql(text)
  const [error] = errors
  if (error) return { ok: false, error }
  const dialect: Dialect<Issue> = {
    fields: jqlFields(asker),
    functions: jqlFunctions(asker),
    person: person(asker),
    tie: (one, other) => Number(one.id) - Number(other.id),
  }
  const normal = query.where ? { ...query, where: normalNode(query.where) } : query
  const { test, compare, problems, needs } = compile(normal, dialect, contextOf(asker))
  const candidates = candidatesFor(asker.site, needs) ?? [...asker.site.jira.issues.values()]
  return {
    ok: true,
    query,
    problems,
    issues: inOrder(asker, { found: visibleOf(asker, candidates).filter(test), test, compare, current }),
    matches: test,
  }
}
