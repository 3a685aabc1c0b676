import { addAttachment, getAttachment, getAttachmentContent } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, Id, IssueRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'

export const copyJiraIssueAttachment = defineTool({
  name: 'copyJiraIssueAttachment',
  title: 'Copy a file to another Jira issue',
  description:
    'Copies an attached file to another issue, from server to server: its content passes by no model.',
  tier: 'write',
  product: 'jira',
  uses: [addAttachment, getAttachment, getAttachmentContent],
  accepts: { move: { ...issueSpellings, targetIssue: 'issueIdOrKey' } },
  input: z.strictObject({
    cloudId: CloudId,
    attachmentId: Id.describe('The file, from listJiraIssueAttachments.'),
    issueIdOrKey: IssueRef.describe('Where it shall be attached as well.'),
  }),
  output: z.object({ key: z.string(), attachmentId: z.string() }),
  async run({ attachmentId, issueIdOrKey }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    const { filename = attachmentId, mimeType, size } = await jira.attachments.get(attachmentId, { signal })
    const { body } = await jira.attachments.download(attachmentId, { signal })
    const file = {
      name: filename,
      content: body,
      ...(mimeType && { type: mimeType }),
      ...(size !== undefined && { size }),
    }
    const [copy] = await jira.attachments.upload(key, [file], { signal })
    const id = copy?.id ?? ''
    return { text: `Copied ${oneLine(filename)} to ${key} (id ${id}).`, data: { key, attachmentId: id } }
  },
})
