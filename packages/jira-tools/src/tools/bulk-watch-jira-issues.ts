import { submitBulkUnwatch, submitBulkWatch } from '@telamon/jira/operations'
import * as z from 'zod'

import { followed, followOperations } from '../bulk/followed.ts'
import { BulkIssues, BulkOutput, keysOn } from '../bulk/params.ts'
import { defineTool } from '../define.ts'
import { CloudId } from '../params.ts'

export const bulkWatchJiraIssues = defineTool({
  name: 'bulkWatchJiraIssues',
  title: 'Watch many Jira issues, or stop watching them',
  description:
    'Makes the person who is signed in a watcher of up to 1,000 issues; with watch false, no longer.',
  tier: 'write',
  product: 'jira',
  idempotent: true,
  reportsProgress: true,
  uses: [submitBulkWatch, submitBulkUnwatch, ...followOperations],
  accepts: { move: { issueIdsOrKeys: 'issues' } },
  input: z.strictObject({
    cloudId: CloudId,
    issues: BulkIssues,
    watch: z.boolean().optional().describe('false to stop. true by default.'),
  }),
  output: BulkOutput,
  async run({ issues, watch = true }, { jira, site }, context) {
    const keys = keysOn(site, issues)
    const { signal } = context
    const { id } = watch
      ? await jira.bulk.watchIssues(keys, { signal })
      : await jira.bulk.unwatchIssues(keys, { signal })
    return followed(jira, id, context)
  },
})
