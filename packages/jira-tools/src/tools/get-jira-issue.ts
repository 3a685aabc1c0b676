import { getComments, getEditIssueMeta, getFields, getIssue } from '@telamon/jira/operations'
import { ContinueFrom, fence } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import type { Asking } from '../define.ts'
import { choicesOf, settable, writableField } from '../fields/metadata.ts'
import { readableFields } from '../names/fields.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, FieldNames, IssueRef } from '../params.ts'
import { readText } from '../rich-text.ts'
import { issueSpellings } from '../spellings.ts'
import { commentsIn } from '../views/comments.ts'
import { compactFields, issueText } from '../views/issue.ts'
import type { Members } from '../views/value.ts'

export const getJiraIssue = defineTool({
  name: 'getJiraIssue',
  title: 'Read a Jira issue',
  description:
    'One issue as Markdown: status, people, links, description, newest comments. Name a few fields in fields, or take view full for all there are.',
  tier: 'read',
  product: 'jira',
  uses: [getIssue, getFields, getComments, getEditIssueMeta],
  accepts: {
    move: issueSpellings,
    values: { view: { evidence: 'full' }, responseContentFormat: { html: 'editable' } },
    ignore: ['expand', 'properties', 'fieldsByKeys', 'updateHistory', 'failFast', 'actionSource'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    fields: FieldNames.optional().describe('Only these fields, by name or id; ["*all"] for all.'),
    view: z
      .enum(['compact', 'full'])
      .optional()
      .describe('compact (default): what a reader needs. full: every field, custom ones too.'),
    comments: z.int().min(0).max(100).optional().describe('How many of the newest comments. 5 by default.'),
    includeEditableFields: z.boolean().optional().describe('Adds what this person can set, with the values.'),
    responseContentFormat: z
      .enum(['markdown', 'editable', 'adf'])
      .optional()
      .describe('Of rich text: markdown (default) to read, editable to write back, adf as JSON.'),
    continueFrom: ContinueFrom.optional(),
  }),
  async run(input, { jira, site }, { signal }) {
    const { view = 'compact', comments = 5, responseContentFormat = 'markdown' } = input
    const asking = { jira, signal }
    const key = keyOn(site, input.issueIdOrKey)
    const named = input.fields !== undefined && !input.fields.includes('*all')
    const fieldIds = named
      ? (await readableFields(input.fields ?? [], asking)).map(({ id }) => id)
      : view === 'full' || input.fields
        ? ['*all']
        : compactFields
    const issue = await jira.issues.get(key, { fieldIds, expand: ['names'], signal })
    const text = issueText({
      key: issue.key,
      fields: await withNewestComments(issue, comments, asking),
      names: issue.names,
      named,
      comments,
      read: readText[responseContentFormat],
    })
    const parts = [text, input.includeEditableFields ? await editableText(issue.key, asking) : '']
    return {
      text: `${site.url}/browse/${issue.key}\n${fence(parts.filter(Boolean).join('\n\n'), { source: `Jira issue ${issue.key}` })}`,
    }
  },
})

/** The fields, with the newest comments when the issue came with older ones only. */
async function withNewestComments(
  { key, fields }: { readonly key: string; readonly fields: Members },
  wanted: number,
  { jira, signal }: Asking,
): Promise<Members> {
  const { total, comments } = commentsIn(fields['comment'])
  if (comments.length >= total || wanted === 0) return fields
  const { items } = await jira.comments.list(key, { newestFirst: true }).page({ size: wanted, signal })
  return { ...fields, comment: { total, comments: items.toReversed() } }
}

async function editableText(key: string, { jira, signal }: Asking): Promise<string> {
  const { fields = {} } = await jira.issues.editable(key, { signal })
  const metadata = Object.entries(fields).map(([id, field]) => writableField(field, id))
  const lines = settable(metadata).map(choicesOf)
  return `## Can be set\n\n${lines.join('\n') || 'Nothing, by this person.'}`
}
