import { deleteIssue } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, IssueRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'

export const deleteJiraIssue = defineTool({
  name: 'deleteJiraIssue',
  title: 'Delete a Jira issue',
  description:
    'Deletes an issue with its comments and files, for good. One with subtasks only when deleteSubtasks is true.',
  tier: 'delete',
  product: 'jira',
  uses: [deleteIssue],
  accepts: { move: { ...issueSpellings, delete_subtasks: 'deleteSubtasks' } },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    deleteSubtasks: z.boolean().optional().describe('Whether its subtasks go too.'),
  }),
  async run({ issueIdOrKey, deleteSubtasks }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    await jira.issues.remove(key, {
      signal,
      ...(deleteSubtasks !== undefined && { subtasks: deleteSubtasks }),
    })
    return { text: `Deleted ${key}.` }
  },
})
