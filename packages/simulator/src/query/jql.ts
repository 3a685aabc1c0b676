import {
  type Clause,
  compile,
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

/**
 * Finds issues: those that the asker may see, narrowed by the query, in its order, and by id where that leaves a choice.
 * Permissions come first, so that neither counts nor complaints tell of what is hidden.
 */
export function findIssues(asker: Asker, text: string): Found {
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
    issues: visibleOf(asker, candidates).filter(test).toSorted(compare),
    matches: test,
  }
}
