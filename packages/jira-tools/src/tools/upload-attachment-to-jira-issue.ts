import { addAttachment } from '@telamon/jira/operations'
import { oneLine, ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, IssueRef, Words } from '../params.ts'
import { issueSpellings } from '../spellings.ts'
import { sizeText } from '../views/file.ts'

export const uploadAttachmentToJiraIssue = defineTool({
  name: 'uploadAttachmentToJiraIssue',
  title: 'Attach a file to a Jira issue',
  description: 'Attaches a file whose content stands in the call: as text, or in base64.',
  tier: 'write',
  product: 'jira',
  uses: [addAttachment],
  accepts: {
    move: { ...issueSpellings, fileName: 'filename', file_name: 'filename', content_base64: 'contentBase64' },
  },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    filename: Words.describe('Its name, with the ending.'),
    text: z.string().optional().describe('The content of a text file.'),
    contentBase64: z.base64().optional().describe('In place of text: the content of any file, in base64.'),
    mimeType: Words.optional().describe('Such as image/png. Follows from the name by default.'),
  }),
  output: z.object({ key: z.string(), attachmentId: z.string() }),
  async run({ issueIdOrKey, filename, text, contentBase64, mimeType }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    const content =
      text === undefined ? contentBase64 && Buffer.from(contentBase64, 'base64') : Buffer.from(text)
    if (content === undefined || content === '' || (text !== undefined && contentBase64 !== undefined)) {
      throw new ToolError({
        code: 'invalid_input',
        message: 'The file has no content, or two.',
        next: 'Give either text or contentBase64.',
      })
    }
    const type = mimeType ?? (text === undefined ? 'application/octet-stream' : 'text/plain')
    const [file] = await jira.attachments.upload(
      key,
      [{ name: filename, content: new Blob([content]), type }],
      { signal },
    )
    const id = file?.id ?? ''
    return {
      text: `Attached ${oneLine(filename)} (${sizeText(content.byteLength)}, id ${id}) to ${key}.`,
      data: { key, attachmentId: id },
    }
  },
})
