import { addComment, getComment, updateComment } from '@telamon/jira/operations'
import { writtenCall } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, ContentFormat, Id, IssueRef } from '../params.ts'
import { writtenText } from '../rich-text.ts'
import { issueSpellings } from '../spellings.ts'
import { confirmed } from '../unconfirmed.ts'

export const addOrEditJiraIssueComment = defineTool({
  name: 'addOrEditJiraIssueComment',
  title: 'Comment on a Jira issue',
  description:
    'Adds a comment to an issue; with commentId, changes that one: give its whole text with your change. [@Name](accountid:ID) mentions somebody.',
  tier: 'write',
  product: 'jira',
  uses: [addComment, updateComment, getComment],
  accepts: {
    move: {
      ...issueSpellings,
      commentID: 'commentId',
      comment_id: 'commentId',
      body: 'commentBody',
      comment: 'commentBody',
      visibility: 'commentVisibility',
    },
    parse: ['commentVisibility'],
    ignore: ['responseContentFormat'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    commentBody: z
      .string()
      .refine((text) => text.trim() !== '', 'is empty')
      .describe('The text, in Markdown.'),
    commentId: Id.optional().describe('The comment to change.'),
    commentVisibility: z
      .strictObject({ type: z.enum(['role', 'group']), value: z.string() })
      .optional()
      .describe('Only this role or group may see it.'),
    contentFormat: ContentFormat,
  }),
  output: z.object({ key: z.string(), commentId: z.string(), url: z.string() }),
  async run(input, { jira, site }, { signal }) {
    const { commentBody, commentId, commentVisibility: visibility, contentFormat: format } = input
    const key = keyOn(site, input.issueIdOrKey)
    const options = { signal, ...(visibility && { visibility }) }
    const before = commentId === undefined ? undefined : await jira.comments.get(key, commentId, { signal })
    const { document, notes } = writtenText(commentBody, { format, present: before?.body })
    const comment =
      commentId === undefined
        ? await confirmed(() => jira.comments.add(key, document, options), {
            what: 'that the comment was added',
            look: `Call ${writtenCall('getJiraIssue', { issueIdOrKey: key, fields: ['comment'], comments: 3 })}.`,
          })
        : await jira.comments.update(key, commentId, { body: document, ...options })
    const id = comment.id ?? commentId ?? ''
    const url = `${site.url}/browse/${key}?focusedCommentId=${id}`
    return {
      text: `${commentId === undefined ? 'Added' : 'Changed'} comment ${id} on ${key}: ${url}`,
      data: { key, commentId: id, url },
      notes,
    }
  },
})
