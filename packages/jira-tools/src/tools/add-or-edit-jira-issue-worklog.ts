import { addWorklog, updateWorklog } from '@telamon/jira/operations'
import { writtenCall } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, ContentFormat, Id, IssueRef, Words } from '../params.ts'
import { writtenText } from '../rich-text.ts'
import { issueSpellings } from '../spellings.ts'
import { confirmed } from '../unconfirmed.ts'

/** A moment with or without seconds and zone, as people and models write it. */
const Moment = z
  .string()
  .trim()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'has to be a moment such as 2026-11-23T09:00:00Z')

export const addOrEditJiraIssueWorklog = defineTool({
  name: 'addOrEditJiraIssueWorklog',
  title: 'Book time on a Jira issue',
  description: 'Books time spent on an issue, such as 3h 20m; with worklogId, changes that worklog.',
  tier: 'write',
  product: 'jira',
  uses: [addWorklog, updateWorklog],
  accepts: {
    move: {
      ...issueSpellings,
      time_spent: 'timeSpent',
      commentBody: 'comment',
      remaining_estimate: 'remainingEstimate',
    },
    ignore: ['visibility'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    timeSpent: Words.optional().describe('Such as 3h 20m, 1d, 45m. Has to be given for a new one.'),
    started: Moment.optional().describe('When the work began. Now by default.'),
    comment: z.string().min(1).optional().describe('What was done, in Markdown.'),
    worklogId: Id.optional().describe('The worklog to change.'),
    keepEstimate: z
      .boolean()
      .optional()
      .describe('Leaves the remaining estimate as it is. It shrinks by default.'),
    contentFormat: ContentFormat,
  }),
  output: z.object({ key: z.string(), worklogId: z.string() }),
  async run(input, { jira, site }, { signal }) {
    const { timeSpent, started, comment, worklogId, keepEstimate, contentFormat: format } = input
    const key = keyOn(site, input.issueIdOrKey)
    const written = comment === undefined ? undefined : writtenText(comment, { format })
    const time = {
      ...(started !== undefined && { started: new Date(started) }),
      ...(written && { comment: written.document }),
    }
    const options = { signal, ...(keepEstimate !== undefined && { keepEstimate }) }
    const worklog =
      worklogId === undefined
        ? await confirmed(() => jira.worklogs.add(key, { spent: timeSpent ?? '', ...time }, options), {
            what: 'that the time was booked',
            look: `Call ${writtenCall('listJiraIssueWorklogs', { issueIdOrKey: key })}.`,
          })
        : await jira.worklogs.update(key, worklogId, {
            ...(timeSpent !== undefined && { spent: timeSpent }),
            ...time,
            ...options,
          })
    return {
      text: `${worklogId === undefined ? 'Booked' : 'Changed to'} ${worklog.timeSpent ?? timeSpent ?? ''} on ${key} (worklog ${worklog.id}).`,
      data: { key, worklogId: worklog.id },
      notes: written?.notes ?? [],
    }
  },
})
