import { getBulkOperationProgress } from '@telamon/jira/operations'
import * as z from 'zod'

import { progressText } from '../bulk/progress.ts'
import { defineTool } from '../define.ts'
import { CloudId, Words } from '../params.ts'

export const getJiraBulkOperationProgress = defineTool({
  name: 'getJiraBulkOperationProgress',
  title: 'How far a bulk change of Jira issues is',
  description:
    'State and outcome of a bulk edit, transition, move, watch or deletion, with the issues that failed and why.',
  tier: 'read',
  product: 'jira',
  uses: [getBulkOperationProgress],
  accepts: { move: { id: 'taskId', task_id: 'taskId' } },
  input: z.strictObject({ cloudId: CloudId, taskId: Words.describe('As the tool that began it gave it.') }),
  async run({ taskId }, { jira }, { signal }) {
    return { text: progressText(await jira.bulk.progress(taskId, { signal })) }
  },
})
