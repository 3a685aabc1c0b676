import { asObject, asText } from '../../http/value.ts'
import type { Issue } from '../../world/jira-model.ts'
import { jiraDuration, readDuration } from '../../world/time.ts'
import { timeOf } from '../view.ts'
import { accepted, type Editing, type FieldSpec, refused } from './spec.ts'

/** A moment that is never written by hand. */
function moment(field: {
  readonly id: string
  readonly name: string
  readonly clauseNames: readonly string[]
  readonly read: (issue: Issue) => number | null
  readonly searchable?: true
}): FieldSpec {
  const { id, name, clauseNames, read } = field
  return {
    id,
    name,
    clauseNames,
    schema: { type: 'datetime', system: id },
    navigable: true,
    ...(field.searchable && { searchable: true }),
    show: (view, issue) => {
      const instant = read(issue)
      return instant === null ? null : timeOf(view, instant)
    },
  }
}

/** A number of seconds. */
function seconds(field: {
  readonly id: string
  readonly name: string
  readonly clauseNames?: readonly string[]
  readonly read: (issue: Issue) => number | null
}): FieldSpec {
  const { id, name, clauseNames = [], read } = field
  return {
    id,
    name,
    clauseNames,
    schema: { type: 'number', system: id },
    navigable: true,
    show: (_, issue) => read(issue),
  }
}

/** The time that was logged, or null when nobody logged any. */
export function timeSpent(issue: Issue): number | null {
  return issue.worklogs.length === 0
    ? null
    : issue.worklogs.reduce((sum, { seconds: spent }) => sum + spent, 0)
}

/** Whether a text is a day that exists, as `yyyy-MM-dd`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

const dueEditing: Editing = {
  operations: ['set'],
  screens: 'both',
  set(value) {
    const text = value === null || value === '' ? null : asText(value)
    if (text === undefined) return refused('Operation value must be a string')
    if (text !== null && !isDay(text)) return refused(`Error parsing date string: ${text}`)
    return accepted((issue) => {
      issue.dueDate = text
    })
  },
}

const trackingEditing: Editing = {
  operations: ['set'],
  screens: 'both',
  set(value) {
    const given = asObject(value)
    if (!given) return refused('Operation value must be an object')
    const read = (name: string): number | null | undefined => {
      const text = asText(given[name])
      return text === undefined ? null : readDuration(text)
    }
    const original = read('originalEstimate')
    const remaining = read('remainingEstimate')
    if (original === undefined) return refused('originalEstimate has an invalid format.')
    if (remaining === undefined) return refused('remainingEstimate has an invalid format.')
    return accepted((issue) => {
      if (original !== null) {
        issue.originalEstimate = original
        issue.remainingEstimate ??= original
      }
      if (remaining !== null) issue.remainingEstimate = remaining
    })
  },
}

/** Words and seconds of estimates and logged time; empty when there are none (recorded). */
function trackingView(issue: Issue): Record<string, unknown> {
  const values: readonly (readonly [string, number | null])[] = [
    ['originalEstimate', issue.originalEstimate],
    ['remainingEstimate', issue.remainingEstimate],
    ['timeSpent', timeSpent(issue)],
  ]
  const known = values.flatMap(([name, value]): (readonly [string, number])[] =>
    value === null ? [] : [[name, value]],
  )
  return Object.fromEntries([
    ...known.map(([name, value]): [string, unknown] => [name, jiraDuration(value)]),
    ...known.map(([name, value]): [string, unknown] => [`${name}Seconds`, value]),
  ])
}

function progressView(issue: Issue): Record<string, number> {
  const progress = timeSpent(issue) ?? 0
  const total = progress + (issue.remainingEstimate ?? 0)
  return { progress, total, ...(total > 0 && { percent: Math.floor((progress * 100) / total) }) }
}

const progressField = (id: string, name: string, clauseNames: readonly string[]): FieldSpec => ({
  id,
  name,
  clauseNames,
  schema: { type: 'progress', system: id },
  navigable: true,
  show: (_, issue) => progressView(issue),
})

const searchable = true

export const timeFields: readonly FieldSpec[] = [
  moment({
    id: 'created',
    name: 'Created',
    clauseNames: ['created', 'createdDate'],
    read: (issue) => issue.created,
    searchable,
  }),
  moment({
    id: 'updated',
    name: 'Updated',
    clauseNames: ['updated', 'updatedDate'],
    read: (issue) => issue.updated,
    searchable,
  }),
  moment({
    id: 'resolutiondate',
    name: 'Resolved',
    clauseNames: ['resolutiondate', 'resolved'],
    read: (issue) => issue.resolved,
    searchable,
  }),
  moment({
    id: 'statuscategorychangedate',
    name: 'Status Category Changed',
    clauseNames: ['statusCategoryChangedDate'],
    read: (issue) => issue.categoryChanged,
    searchable,
  }),
  moment({ id: 'lastViewed', name: 'Last Viewed', clauseNames: ['lastViewed'], read: () => null }),
  {
    id: 'duedate',
    name: 'Due date',
    clauseNames: ['due', 'duedate'],
    schema: { type: 'date', system: 'duedate' },
    orderable: true,
    navigable: true,
    searchable,
    show: (_, issue) => issue.dueDate,
    trace: (_, { dueDate }) => (dueDate === null ? [] : [{ id: dueDate, text: `${dueDate} 00:00:00.0` }]),
    edit: dueEditing,
  },
  {
    id: 'timetracking',
    name: 'Time tracking',
    clauseNames: [],
    schema: { type: 'timetracking', system: 'timetracking' },
    orderable: true,
    searchable,
    show: (_, issue) => trackingView(issue),
    edit: trackingEditing,
  },
  seconds({ id: 'timespent', name: 'Time Spent', clauseNames: ['timespent'], read: timeSpent }),
  {
    ...seconds({
      id: 'timeoriginalestimate',
      name: 'Original estimate',
      clauseNames: ['originalEstimate', 'timeoriginalestimate'],
      read: (issue) => issue.originalEstimate,
    }),
    trace: (_, { originalEstimate: value }) =>
      value === null ? [] : [{ id: String(value), text: String(value) }],
  },
  {
    ...seconds({
      id: 'timeestimate',
      name: 'Remaining Estimate',
      clauseNames: ['remainingEstimate', 'timeestimate'],
      read: (issue) => issue.remainingEstimate,
    }),
    trace: (_, { remainingEstimate: value }) =>
      value === null ? [] : [{ id: String(value), text: String(value) }],
  },
  seconds({ id: 'aggregatetimespent', name: 'Σ Time Spent', read: timeSpent }),
  seconds({
    id: 'aggregatetimeoriginalestimate',
    name: 'Σ Original Estimate',
    read: (issue) => issue.originalEstimate,
  }),
  seconds({
    id: 'aggregatetimeestimate',
    name: 'Σ Remaining Estimate',
    read: (issue) => issue.remainingEstimate,
  }),
  progressField('progress', 'Progress', ['progress']),
  progressField('aggregateprogress', 'Σ Progress', []),
  {
    ...seconds({ id: 'workratio', name: 'Work Ratio', clauseNames: ['workratio'], read: workRatio }),
    searchable,
  },
]

/** Per cent of the estimate that was spent; −1 without an estimate (recorded). */
function workRatio(issue: Issue): number {
  const { originalEstimate } = issue
  return originalEstimate === null || originalEstimate === 0
    ? -1
    : Math.floor(((timeSpent(issue) ?? 0) * 100) / originalEstimate)
}
