import { oneLine } from '@telamon/tool-registry'

import { fieldLabels } from '../names/fields.ts'
import type { ReadableField } from '../names/fields.ts'
import { readText } from '../rich-text.ts'
import type { ReadText } from '../rich-text.ts'
import { commentsText } from './comments.ts'
import { membersOf, momentText, nameOf, valueText } from './value.ts'
import type { Members } from './value.ts'

/** Fields that a reader wants first. The description and the comments follow them. */
export const compactFields = [
  'summary',
  'status',
  'issuetype',
  'priority',
  'resolution',
  'assignee',
  'reporter',
  'labels',
  'components',
  'fixVersions',
  'parent',
  'subtasks',
  'issuelinks',
  'duedate',
  'created',
  'updated',
  'description',
  'comment',
] as const

/** Fields that say nothing to a reader, or what another one says already. */
const forPrograms: ReadonlySet<string> = new Set([
  'workratio',
  'statuscategorychangedate',
  'statusCategory',
  'issuerestriction',
  'thumbnail',
])
const isRank = (value: unknown): boolean =>
  typeof value === 'string' && /^\d\|[a-z0-9]+:[a-z0-9]*$/.test(value)

/** What is known of an issue, and how its fields are called. */
export interface IssueText {
  readonly key: string
  readonly fields: Members
  /** Labels of the fields by id, as Jira gives them. */
  readonly names?: Readonly<Record<string, string>> | undefined
  /** Whether the caller named the fields, so that each is shown. */
  readonly named: boolean
  /** How many of the newest comments to write out. */
  readonly comments: number
  readonly read: ReadText
}

/** An issue as Markdown: a line for each field that says something, then longer texts, the newest comments. */
export function issueText({ key, fields, names = {}, named, comments, read }: IssueText): string {
  const { summary, description, comment, ...rest } = fields
  const shown = Object.entries(rest).flatMap(([id, value]) => {
    if (!named && (forPrograms.has(id) || isRank(value))) return []
    const text = fieldText(id, value, read) || (named ? 'none' : '')
    return text === '' ? [] : [{ label: fieldLabels[id] ?? oneLine(names[id] ?? id), text }]
  })
  const lines = shown.filter((one) => !isLong(one)).map(({ label, text }) => `${label}: ${text}`)
  const sections = shown.filter(isLong)
  if (description) sections.unshift({ label: 'Description', text: read(description) })
  return [
    `# ${[key, lineOf(summary)].filter(Boolean).join(' ')}`,
    lines.join('\n'),
    ...sections.map(({ label, text }) => `## ${label}\n\n${text}`),
    commentsText(comment, { wanted: comments, read }),
  ]
    .filter(Boolean)
    .join('\n\n')
}

const isLong = ({ text }: { readonly text: string }): boolean => text.includes('\n')

function fieldText(id: string, value: unknown, read: ReadText): string {
  if (id === 'issuelinks') return each(value, linkText)
  if (id === 'parent') return nestedText(value)
  if (id === 'subtasks') return each(value, nestedText)
  if (id === 'worklog') return each(membersOf(value)['worklogs'], workText)
  if (id === 'created' || id === 'updated') return momentText(value)
  return valueText(value, read)
}

function each(value: unknown, text: (item: unknown) => string): string {
  return Array.isArray(value) ? value.map(text).filter(Boolean).join('; ') : ''
}

/** `ALPHA-3 Sign-in (Done)` */
function nestedText(value: unknown): string {
  const { key, fields } = membersOf(value)
  if (typeof key !== 'string') return ''
  const { summary, status } = membersOf(fields)
  const state = nameOf(membersOf(status))
  return `${key} ${lineOf(summary)}${state && ` (${state})`}`
}

/** `blocks ALPHA-3 Sign-in (Done)` */
function linkText(value: unknown): string {
  const { type, inwardIssue, outwardIssue } = membersOf(value)
  const { inward, outward } = membersOf(type)
  return outwardIssue
    ? `${lineOf(outward)} ${nestedText(outwardIssue)}`
    : `${lineOf(inward)} ${nestedText(inwardIssue)}`
}

/** `Jonas Weber 6h, 2026-09-28` */
function workText(value: unknown): string {
  const { author, timeSpent, started } = membersOf(value)
  return `${nameOf(membersOf(author))} ${lineOf(timeSpent)}, ${momentText(started).slice(0, 10)}`
}

/** A text on one line; empty for anything else. */
const lineOf = (value: unknown): string => (typeof value === 'string' ? oneLine(value) : '')

/** Longest value in a line of a list, in characters. */
const longestInLine = 200

/** One line of a list: `ALPHA-7 Two guests … (In Progress, Jonas Weber, Highest)`, with labels where they are needed. */
export function issueLine(
  { key, fields }: { readonly key: string; readonly fields: Members },
  shown: readonly ReadableField[] | undefined,
): string {
  const summary = lineOf(fields['summary'])
  const details = shown ? shown.map((field) => labelled(field, fields)) : usual(fields)
  const inside = details.filter(Boolean).join(', ')
  return inside === '' ? `${key} ${summary}` : `${key} ${summary} (${inside})`
}

/** Status, assignee, priority: they tell themselves what they are. */
function usual({ status, assignee, priority }: Members): readonly string[] {
  return [nameOf(membersOf(status)), nameOf(membersOf(assignee)) || 'unassigned', nameOf(membersOf(priority))]
}

function labelled({ id, label }: ReadableField, fields: Members): string {
  const text = oneLine(fieldText(id, fields[id], readText.markdown))
  return `${label}: ${text.length > longestInLine ? `${text.slice(0, longestInLine)}…` : text || 'none'}`
}
