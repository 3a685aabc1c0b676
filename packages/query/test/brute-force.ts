import type { Clause, Node, Operand, Query } from '../src/index.ts'
import { people, priorities, statuses } from './world.ts'
import type { Ticket } from './world.ts'

/**
 * JQL's rules once more, the slow way: values of a field as texts, one by one, in UTC. Written apart from the evaluator
 * and sharing nothing with it; covers fields without history, and words that are their own stems.
 */
export function bruteForce({ where }: Query, ticket: Ticket): boolean {
  return where === undefined || holds(where, ticket, true)
}

function holds(node: Node, ticket: Ticket, wanted: boolean): boolean {
  if (node.type === 'not') return holds(node.clause, ticket, !wanted)
  if (node.type === 'clause') return clauseHolds(node, ticket, wanted)
  const met = node.clauses.filter((clause) => holds(clause, ticket, wanted)).length
  return (node.type === 'and') === wanted ? met === node.clauses.length : met > 0
}

/** A value or a field that does not exist. */
const never = '\0never'

function clauseHolds(clause: Clause, ticket: Ticket, wanted: boolean): boolean {
  const held = valuesOf(clause.field.name.toLowerCase(), ticket)
  const { operand, operator } = clause
  if (held === undefined || operand === undefined) return false
  const field = clause.field.name.toLowerCase()
  const isText = field === 'summary' || field === 'comment'
  const ranks = ['priority', 'key', 'story points', 'due', 'created', 'cf[10016]'].includes(field)
  const isList = operand.type === 'list'

  if (operator === 'is' || operator === 'is not') {
    if (operand.type !== 'empty') return false
    return ((operator === 'is') === wanted) === (held.length === 0)
  }
  if (operator === '~' || operator === '!~') {
    if (!isText || isList || operand.type === 'call') return false
    const positive = (operator === '~') === wanted
    if (operand.type === 'empty') return positive === (held.length === 0)
    const found = held.some((text) =>
      operand.value
        .toLowerCase()
        .split(' ')
        .every((word) => text.toLowerCase().split(' ').includes(word)),
    )
    return positive ? found : held.length > 0 && !found
  }
  if (isText) return false
  const asked = operandValues(field, operand)
  if (['<', '>', '<=', '>='].includes(operator)) {
    if (!ranks || isList || operand.type === 'empty' || asked.includes(never)) return false
    return held.some((value) =>
      asked.some((other) => {
        const order = rank(field, value, other)
        if (Number.isNaN(order)) return false
        const plain =
          operator === '<'
            ? order < 0
            : operator === '>'
              ? order > 0
              : operator === '<='
                ? order <= 0
                : order >= 0
        return plain === wanted
      }),
    )
  }
  const many = operator === 'in' || operator === 'not in'
  if (many !== isList) return false
  const positive = (operator === '=' || operator === 'in') === wanted
  const same = held.some((value) => asked.some((other) => other !== never && equal(field, value, other)))
  if (positive) return same || (asked.includes('') && held.length === 0)
  return held.length > 0 && !same && !asked.includes(never)
}

function valuesOf(field: string, ticket: Ticket): readonly string[] | undefined {
  const all: Readonly<Record<string, string | number | readonly string[] | undefined>> = {
    project: ticket.project,
    key: `${ticket.project}-${ticket.id}`,
    status: ticket.status,
    assignee: ticket.assignee,
    labels: ticket.labels,
    priority: ticket.priority,
    'story points': ticket.points,
    'cf[10016]': ticket.points,
    due: ticket.due,
    created: ticket.created === undefined ? undefined : new Date(ticket.created).toISOString(),
    summary: ticket.summary,
    comment: ticket.comments,
  }
  if (!(field in all)) return undefined
  const value = all[field]
  if (value === undefined) return []
  return typeof value === 'object' ? value : [String(value)]
}

/** The values asked for; '' is EMPTY, never is a value that does not exist. */
function operandValues(field: string, operand: Operand): readonly string[] {
  if (operand.type === 'empty') return ['']
  if (operand.type === 'list') return operand.items.flatMap((item) => operandValues(field, item))
  if (operand.type === 'call') return [never]
  const { value } = operand
  const among = (names: readonly string[]) => [
    names.find((name) => name.toLowerCase() === value.toLowerCase()) ?? never,
  ]
  if (field === 'project') return among(['ED', 'PUB'])
  if (field === 'status') return among(statuses)
  if (field === 'priority') return among(priorities)
  if (field === 'assignee') return [Object.entries(people).find((pair) => pair.includes(value))?.[1] ?? never]
  if (field === 'story points' || field === 'cf[10016]') return [Number.isNaN(Number(value)) ? never : value]
  if ((field === 'due' || field === 'created') && /^\d+$/.test(value)) {
    const instant = new Date(Number(value)).toISOString()
    return [field === 'due' ? instant.slice(0, 10) : instant]
  }
  if (field === 'due' || field === 'created')
    return [Number.isNaN(Date.parse(value)) || value.length !== 10 ? never : value]
  return [value]
}

function equal(field: string, held: string, asked: string): boolean {
  if (asked === '') return false
  if (field === 'created') return held.startsWith(asked)
  if (field === 'story points' || field === 'cf[10016]') return Number(held) === Number(asked)
  return held.toLowerCase() === asked.toLowerCase()
}

function rank(field: string, held: string, asked: string): number {
  if (field === 'priority')
    return priorities.findIndex((each) => each === held) - priorities.findIndex((each) => each === asked)
  if (field === 'story points' || field === 'cf[10016]') return Number(held) - Number(asked)
  if (field === 'key') {
    const [a = '', b = ''] = [held.split('-')[0], asked.split('-')[0]]
    return a === b ? Number(held.split('-')[1]) - Number(asked.split('-')[1]) : Number.NaN
  }
  return Date.parse(held) - Date.parse(asked)
}
