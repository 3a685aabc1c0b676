import { getAttachment } from '@telamon/jira/operations'
import { fence } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { downloadAddress } from '../files/address.ts'
import { CloudId, Id } from '../params.ts'
import { fileLine } from '../views/file.ts'

export const downloadJiraIssueAttachment = defineTool({
  name: 'downloadJiraIssueAttachment',
  title: 'Where a file of a Jira issue can be downloaded',
  description:
    'The address of an attached file, for the person, who is signed in there. To see an image or a text, use getJiraIssueAttachmentContent.',
  tier: 'read',
  product: 'jira',
  uses: [getAttachment],
  accepts: { move: { id: 'attachmentId', attachment_id: 'attachmentId' } },
  input: z.strictObject({ cloudId: CloudId, attachmentId: Id.describe('From listJiraIssueAttachments.') }),
  async run({ attachmentId }, { jira, site }, { signal }) {
    const file = await jira.attachments.get(attachmentId, { signal })
    return {
      text: `${fence(fileLine(file), { source: 'attached file' })}\n${downloadAddress(site, attachmentId)}`,
    }
  },
})
