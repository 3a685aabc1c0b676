import { oneLine, ToolError } from '@telamon/tool-registry'

import type { Asking } from '../define.ts'
import { fold, matching, quoted, some } from './nearest.ts'

/** How people read the fields that every Jira has, by id. */
export const fieldLabels: Readonly<Record<string, string>> = {
  summary: 'Summary',
  description: 'Description',
  environment: 'Environment',
  comment: 'Comments',
  project: 'Project',
  issuetype: 'Type',
  status: 'Status',
  statusCategory: 'Status category',
  priority: 'Priority',
  resolution: 'Resolution',
  resolutiondate: 'Resolved',
  assignee: 'Assignee',
  reporter: 'Reporter',
  creator: 'Creator',
  labels: 'Labels',
  components: 'Components',
  fixVersions: 'Fix versions',
  versions: 'Affects versions',
  parent: 'Parent',
  subtasks: 'Subtasks',
  issuelinks: 'Links',
  attachment: 'Attachments',
  duedate: 'Due',
  created: 'Created',
  updated: 'Updated',
  lastViewed: 'Last viewed',
  timetracking: 'Time tracking',
  worklog: 'Work log',
  votes: 'Votes',
  watches: 'Watchers',
  security: 'Security level',
}

/** A field to be read. */
export interface ReadableField {
  readonly id: string
  /** What people call it, on one line. */
  readonly label: string
}

/**
 * The fields that a caller means by id, by name, or by a name that JQL knows. Jira is asked only when a word is not the id
 * of a field that it always has.
 *
 * @throws ToolError with near names for a name that no field has.
 */
export async function readableFields(
  words: readonly string[],
  { jira, signal }: Asking,
): Promise<readonly ReadableField[]> {
  if (words.every((word) => Object.hasOwn(fieldLabels, word))) return words.map(systemField)
  const known = await jira.fields.list({ signal })
  return words.map((word) => {
    if (Object.hasOwn(fieldLabels, word)) return systemField(word)
    const exact = known.find(({ id, name, clauseNames }) =>
      [id, name, ...(clauseNames ?? [])].some((own) => own !== undefined && fold(own) === fold(word)),
    )
    if (exact?.id !== undefined)
      return { id: exact.id, label: fieldLabels[exact.id] ?? oneLine(exact.name ?? exact.id) }
    throw unknown(
      word,
      matching(known, word, ({ name }) => name ?? '').map(({ name }) => oneLine(name ?? '')),
    )
  })
}

const systemField = (id: string): ReadableField => ({ id, label: fieldLabels[id] ?? id })

function unknown(word: string, near: readonly string[]): ToolError {
  return new ToolError({
    code: 'invalid_input',
    message: `No field is called ${quoted(word)}.`,
    next:
      near.length > 0
        ? `Near names: ${some(near, 10)}.`
        : 'Call getJiraIssue with view full on an issue of the project to see the names there are.',
  })
}
