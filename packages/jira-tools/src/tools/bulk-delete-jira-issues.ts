import { submitBulkDelete } from '@telamon/jira/operations'
import * as z from 'zod'

import { followed, followOperations } from '../bulk/followed.ts'
import { BulkIssues, BulkOutput, keysOn, Notify } from '../bulk/params.ts'
import { defineTool } from '../define.ts'
import { CloudId } from '../params.ts'

export const bulkDeleteJiraIssues = defineTool({
  name: 'bulkDeleteJiraIssues',
  title: 'Delete many Jira issues',
  description: 'Deletes up to 1,000 issues with their subtasks, for good.',
  tier: 'delete',
  product: 'jira',
  reportsProgress: true,
  uses: [submitBulkDelete, ...followOperations],
  accepts: { move: { issueIdsOrKeys: 'issues' } },
  input: z.strictObject({ cloudId: CloudId, issues: BulkIssues, notify: Notify }),
  output: BulkOutput,
  async run({ issues, notify }, { jira, site }, context) {
    const change = { issues: keysOn(site, issues), ...(notify !== undefined && { notify }) }
    const { id } = await jira.bulk.remove(change, { signal: context.signal })
    return followed(jira, id, context)
  },
})
