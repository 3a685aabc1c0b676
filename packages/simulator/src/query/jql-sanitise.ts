import { type Node, type Operand, parseJql, print } from '@telamon/query'

import { findIssue, findProject } from '../jira/find.ts'
import { may } from '../world/permissions.ts'
import { type Asker, sees } from './jql-values.ts'

/** The id of what a name stands for, when the asker may not know the name. */
type Hide = (name: string) => string | undefined

function hidden(asker: Asker): Readonly<Record<string, Hide>> {
  const { site, caller } = asker
  const project: Hide = (name) => {
    const found = findProject(site, name) ?? [...site.jira.projects.values()].find((one) => one.name === name)
    return found && !may(caller, 'BROWSE_PROJECTS', { site, project: found }) ? found.id : undefined
  }
  const issue: Hide = (name) => {
    const found = findIssue(site, name)
    return found && !sees(asker, found) ? found.id : undefined
  }
  return { project, issue, key: issue, issuekey: issue, id: issue, parent: issue }
}

function operandWithout(operand: Operand, hide: Hide): Operand {
  if (operand.type === 'list') {
    return { ...operand, items: operand.items.map((item) => operandWithout(item, hide)) }
  }
  if (operand.type !== 'value') return operand
  const id = hide(operand.value)
  return id === undefined ? operand : { ...operand, value: id, quoted: false, number: Number(id) }
}

function nodeWithout(node: Node, hides: Readonly<Record<string, Hide>>): Node {
  if (node.type === 'not') return { ...node, clause: nodeWithout(node.clause, hides) }
  if (node.type !== 'clause') {
    return { ...node, clauses: node.clauses.map((clause) => nodeWithout(clause, hides)) }
  }
  const hide = hides[node.field.name.toLowerCase()]
  return hide && node.operand ? { ...node, operand: operandWithout(node.operand, hide) } : node
}

/** A query in which what the asker cannot see is named by its id, so that the query tells nothing (documented). */
export function sanitise(asker: Asker, text: string): string {
  const { query } = parseJql(text)
  if (!query.where) return text
  const where = nodeWithout(query.where, hidden(asker))
  return print({ ...query, where })
}
