import { oneLine } from '@telamon/tool-registry'

import { readText } from '../rich-text.ts'
import { momentText, valueText } from './value.ts'

type Fields = Readonly<Record<string, unknown>>

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

const labels: Readonly<Record<string, string>> = {
  issuetype: 'Type',
  status: 'Status',
  priority: 'Priority',
  resolution: 'Resolution',
  assignee: 'Assignee',
  reporter: 'Reporter',
  labels: 'Labels',
  components: 'Components',
  fixVersions: 'Fix versions',
  parent: 'Parent',
  subtasks: 'Subtasks',
  issuelinks: 'Links',
  duedate: 'Due',
  created: 'Created',
  updated: 'Updated',
}

/** What is known of an issue, and how its fields are called. */
export interface IssueText {
  readonly key: string
  readonly fields: Fields
  /** Labels of the fields by id, as Jira gives them. */
  readonly names?: Readonly<Record<string, string>>
  /** How many of the newest comments to write out. */
  readonly comments: number
}

/** An issue as Markdown: a line for each field that says something, the description, the newest comments. */
export function issueText({ key, fields, names = {}, comments }: IssueText): string {
  const { summary, description, comment, ...rest } = fields
  const lines = Object.entries(rest).flatMap(([id, value]) => {
    const text = fieldText(id, value)
    return text === '' ? [] : [`${names[id] ?? labels[id] ?? id}: ${text}`]
  })
  const body = description ? readText(description) : ''
  return [
    `# ${key} ${oneLine(valueText(summary))}`,
    lines.join('\n'),
    body && `## Description\n\n${body}`,
    commentsText(comment, comments),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function fieldText(id: string, value: unknown): string {
  if (id === 'created' || id === 'updated') return momentText(value)
  if (id === 'issuelinks') return each(value, linkText)
  if (id === 'parent') return nestedText(value)
  if (id === 'subtasks') return each(value, nestedText)
  return valueText(value)
}

function each(value: unknown, text: (item: unknown) => string): string {
  return Array.isArray(value) ? value.map(text).filter(Boolean).join('; ') : ''
}

/** `ALPHA-3 Sign-in (Done)` */
function nestedText(value: unknown): string {
  const { key, fields } = members(value)
  if (typeof key !== 'string') return ''
  const { summary, status } = members(fields)
  return `${key} ${oneLine(valueText(summary))} (${valueText(status)})`
}

/** `blocks ALPHA-3 Sign-in (Done)` */
function linkText(value: unknown): string {
  const { type, inwardIssue, outwardIssue } = members(value)
  const { inward, outward } = members(type)
  return outwardIssue
    ? `${valueText(outward)} ${nestedText(outwardIssue)}`
    : `${valueText(inward)} ${nestedText(inwardIssue)}`
}

function commentsText(value: unknown, wanted: number): string {
  const { comments, total } = members(value)
  if (!Array.isArray(comments) || comments.length === 0) return ''
  const count = typeof total === 'number' ? total : comments.length
  const newest = wanted === 0 ? [] : comments.slice(-wanted)
  const heading =
    newest.length === count
      ? `## Comments (${count})`
      : `## Comments (the newest ${newest.length} of ${count})`
  return [heading, ...newest.map(commentText)].join('\n\n')
}

/** A comment with who wrote it and when. */
export function commentText(value: unknown): string {
  const { id, author, created, body, visibility } = members(value)
  const only = visibility ? `, only for ${valueText(members(visibility)['value'])}` : ''
  return `**${valueText(author)}**, ${momentText(created)} (comment ${valueText(id)}${only})\n\n${readText(body)}`
}

/** One line of a list. */
export function issueLine(key: string, fields: Fields): string {
  const { summary, status, assignee, ...rest } = fields
  const details = [
    valueText(status),
    valueText(assignee) || 'unassigned',
    ...Object.entries(rest).map(detail),
  ]
  return `${key} ${oneLine(valueText(summary))} [${details.filter(Boolean).join(', ')}]`
}

function detail([id, value]: readonly [string, unknown]): string {
  const text = oneLine(fieldText(id, value))
  return text && `${labels[id] ?? id} ${text}`
}

function members(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
