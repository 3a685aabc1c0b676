import { getIssue } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, IssueRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'
import { fileLine } from '../views/file.ts'
import { listText } from '../views/list.ts'

export const listJiraIssueAttachments = defineTool({
  name: 'listJiraIssueAttachments',
  title: 'List files of a Jira issue',
  description:
    'The files attached to an issue, with type, size and id. Look into one with getJiraIssueAttachmentContent.',
  tier: 'read',
  product: 'jira',
  uses: [getIssue],
  accepts: { move: issueSpellings },
  input: z.strictObject({ cloudId: CloudId, issueIdOrKey: IssueRef }),
  async run({ issueIdOrKey }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    const { fields } = await jira.issues.get(key, { fieldIds: ['attachment'], signal })
    const files: readonly unknown[] = Array.isArray(fields['attachment']) ? fields['attachment'] : []
    return {
      text: listText({
        lines: files.map(fileLine),
        source: `files of ${key}`,
        none: `No file is attached to ${key}.`,
      }),
    }
  },
})
