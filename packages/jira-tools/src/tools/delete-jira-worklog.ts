import { deleteWorklog } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, Id, IssueRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'

export const deleteJiraWorklog = defineTool({
  name: 'deleteJiraWorklog',
  title: 'Delete time booked on a Jira issue',
  description: 'Deletes a worklog, for good.',
  tier: 'delete',
  product: 'jira',
  uses: [deleteWorklog],
  accepts: { move: issueSpellings },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    worklogId: Id.describe('From listJiraIssueWorklogs.'),
    keepEstimate: z.boolean().optional().describe('Leaves the remaining estimate as it is.'),
  }),
  async run({ issueIdOrKey, worklogId, keepEstimate }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    await jira.worklogs.remove(key, worklogId, {
      signal,
      ...(keepEstimate !== undefined && { keepEstimate }),
    })
    return { text: `Deleted the worklog ${worklogId} of ${key}.` }
  },
})
