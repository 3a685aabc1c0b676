import { getAttachment, getAttachmentContent } from '@telamon/jira/operations'
import { ContinueFrom, fence, oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { downloadAddress } from '../files/address.ts'
import { kindOf } from '../files/kinds.ts'
import { readBytes } from '../files/read-bytes.ts'
import { CloudId, Id } from '../params.ts'
import { fileLine } from '../views/file.ts'

/** Most bytes of a file that is shown. Images cost a model as many tokens whatever their bytes; a client may refuse more. */
const mostBytes = 1024 * 1024

export const getJiraIssueAttachmentContent = defineTool({
  name: 'getJiraIssueAttachmentContent',
  title: 'Look into a file of a Jira issue',
  description:
    'Shows an attached image or text file, up to 1 MiB. For other kinds it says where the person can open it.',
  tier: 'read',
  product: 'jira',
  uses: [getAttachment, getAttachmentContent],
  accepts: { move: { id: 'attachmentId', attachment_id: 'attachmentId' } },
  input: z.strictObject({
    cloudId: CloudId,
    attachmentId: Id.describe('From listJiraIssueAttachments.'),
    continueFrom: ContinueFrom.optional(),
  }),
  async run({ attachmentId }, { jira, site }, { signal }) {
    const file = await jira.attachments.get(attachmentId, { signal })
    const kind = kindOf(file.mimeType)
    const about = fence(fileLine(file), { source: 'attached file' })
    if (kind === 'other') {
      return {
        text: `${about}\nIt is neither an image nor a text. The person can open it: ${downloadAddress(site, attachmentId)}`,
      }
    }
    const bytes = await readBytes(await jira.attachments.download(attachmentId, { signal }), mostBytes)
    if (kind === 'image') {
      const data = Buffer.from(bytes).toString('base64')
      return { text: about, attached: [{ type: 'image', data, mimeType: oneLine(file.mimeType ?? '') }] }
    }
    const text = new TextDecoder().decode(bytes)
    return { text: fence(text, { source: `file ${oneLine(file.filename ?? attachmentId)}` }) }
  },
})
