import { type Node, type Operand, parseJql } from '@telamon/query'

import { findProject } from '../jira/find.ts'
import type { Project } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import type { Board } from '../world/software-model.ts'

/** The words of an operand; none where it is a function or nothing. */
function named(operand: Operand | undefined): readonly string[] {
  if (operand?.type === 'value') return [operand.value]
  return operand?.type === 'list' ? operand.items.flatMap(named) : []
}

/** The projects that a condition promises to stay within; undefined when it promises nothing. */
function promised(node: Node): readonly string[] | undefined {
  if (node.type === 'clause') {
    const fits = node.field.name.toLowerCase() === 'project' && ['=', 'in'].includes(node.operator)
    return fits ? named(node.operand) : undefined
  }
  if (node.type === 'not') return undefined
  const parts = node.clauses.map(promised)
  if (node.type === 'and') return parts.find((part) => part !== undefined)
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined
}

/**
 * The projects of a board: those its filter stays within, whatever the issues (documented: `project in (…) AND …` names
 * them, `project in (…) OR …` does not). By name.
 */
export function projectsOfBoard(site: Site, board: Board): readonly Project[] {
  const { query } = parseJql(site.jira.filters.get(board.filterId)?.jql ?? '')
  const names = query.where ? (promised(query.where) ?? []) : []
  return names
    .flatMap((name) => findProject(site, name) ?? [])
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}
