import { getFields, getIssue } from '@telamon/jira/operations'
import { ContinueFrom, fence } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { fieldIdsOf } from '../names/fields.ts'
import { CloudId, IssueKey } from '../params.ts'
import { compactFields, issueText } from '../views/issue.ts'

export const getJiraIssue = defineTool({
  name: 'getJiraIssue',
  title: 'Read a Jira issue',
  description:
    'One issue as Markdown: status, people, links, description, newest comments. For a few fields name them in fields; for everything there is, use view full.',
  tier: 'read',
  product: 'jira',
  uses: [getIssue, getFields],
  accepts: { ignore: ['responseContentFormat', 'updateHistory', 'failFast', 'actionSource'] },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueKey,
    fields: z
      .array(z.string().min(1))
      .max(100)
      .optional()
      .describe('Only these fields, by name or id. ["*all"] for all.'),
    view: z
      .enum(['compact', 'full'])
      .optional()
      .describe('compact (default): what a reader needs. full: every field, custom ones too.'),
    comments: z
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe('How many of the newest comments to show. 5 by default.'),
    continueFrom: ContinueFrom.optional(),
  }),
  async run({ issueIdOrKey, fields, view = 'compact', comments = 5 }, { jira, site }, { signal }) {
    const all = view === 'full' || fields?.includes('*all') === true
    const fieldIds = all ? ['*all'] : fields ? await fieldIdsOf(fields, jira, signal) : compactFields
    const issue = await jira.issues.get(issueIdOrKey, { fieldIds, expand: ['names'], signal })
    const text = issueText({ key: issue.key, fields: issue.fields, names: issue.names, comments })
    return { text: `${site.url}/browse/${issue.key}\n${fence(text, { source: `Jira issue ${issue.key}` })}` }
  },
})
