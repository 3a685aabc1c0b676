import type { Dialect, FieldDef, FieldHistory } from '../src/index.ts'

/** A thing to be found. */
export interface Ticket {
  readonly id: number
  readonly project: string
  readonly status: string
  readonly statusHistory?: FieldHistory
  readonly assignee?: string
  readonly labels?: readonly string[]
  readonly priority?: string
  readonly points?: number
  readonly estimate?: number
  readonly due?: string
  readonly created?: number
  readonly summary?: string
  readonly comments?: readonly string[]
}

export const priorities = ['Low', 'Medium', 'High'] as const
export const statuses = ['Open', 'In Progress', 'Done'] as const
export const people = { ada: 'id-ada', bob: 'id-bob' } as const

const oneOf =
  (names: readonly string[]) =>
  (text: string): string | undefined =>
    names.find((name) => name.toLowerCase() === text.toLowerCase())

/** A person by name or by account id. */
function personOf(text: string): string | undefined {
  return Object.entries(people).find(([name, id]) => name === text.toLowerCase() || id === text)?.[1]
}

/** A key such as `ED-12`, by project and number. */
function keyOrder(a: string | number, b: string | number): number {
  const [[projectA, numberA], [projectB, numberB]] = [String(a).split('-'), String(b).split('-')]
  return projectA === projectB ? Number(numberA) - Number(numberB) : Number.NaN
}

const fields: readonly FieldDef<Ticket>[] = [
  {
    name: 'project',
    type: 'option',
    get: ({ project }) => project,
    resolve: (text, { number }) => (number === 10_000 ? 'ED' : oneOf(['ED', 'PUB'])(text)),
  },
  {
    name: 'key',
    aliases: ['issue', 'id'],
    type: 'ordered',
    get: ({ id, project }) => `${project}-${id}`,
    order: keyOrder,
  },
  {
    name: 'status',
    type: 'option',
    values: statuses,
    get: ({ status }) => status,
    resolve: oneOf(statuses),
    history: ({ statusHistory = { created: 0, changes: [] } }) => statusHistory,
  },
  { name: 'assignee', type: 'option', get: ({ assignee }) => assignee, resolve: personOf },
  { name: 'labels', aliases: ['label'], type: 'option', get: ({ labels }) => labels },
  {
    name: 'priority',
    type: 'ordered',
    descending: true,
    get: ({ priority }) => priority,
    resolve: oneOf(priorities),
    order: (a, b) => priorities.findIndex((each) => each === a) - priorities.findIndex((each) => each === b),
  },
  { name: 'Story Points', customId: 10_016, type: 'number', get: ({ points }) => points },
  { name: 'originalEstimate', type: 'duration', get: ({ estimate }) => estimate },
  { name: 'due', aliases: ['duedate'], type: 'date', get: ({ due }) => due },
  { name: 'created', type: 'datetime', get: ({ created }) => created },
  { name: 'summary', type: 'text', get: ({ summary }) => summary },
  { name: 'comment', type: 'text', get: ({ comments }) => comments },
]

export const dialect: Dialect<Ticket> = {
  fields,
  functions: [
    { name: 'membersOf', list: true, call: ([group]) => (group === 'team' ? Object.values(people) : []) },
    { name: 'closedStatuses', call: () => ['Done'] },
    { name: 'broken', call: () => ({ problem: 'It takes no part in this.' }) },
  ],
  person: personOf,
  tie: (a, b) => a.id - b.id,
}
