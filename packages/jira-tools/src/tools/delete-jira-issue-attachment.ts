import { removeAttachment } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId, Id } from '../params.ts'

export const deleteJiraIssueAttachment = defineTool({
  name: 'deleteJiraIssueAttachment',
  title: 'Delete a file of a Jira issue',
  description: 'Deletes an attached file, for good.',
  tier: 'delete',
  product: 'jira',
  uses: [removeAttachment],
  accepts: { move: { id: 'attachmentId', attachment_id: 'attachmentId' } },
  input: z.strictObject({ cloudId: CloudId, attachmentId: Id.describe('From listJiraIssueAttachments.') }),
  async run({ attachmentId }, { jira }, { signal }) {
    await jira.attachments.remove(attachmentId, { signal })
    return { text: `Deleted the file ${attachmentId}.` }
  },
})
