import { addComment, updateComment } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId, ContentFormat, IssueKey } from '../params.ts'
import { writtenText } from '../rich-text.ts'

export const addOrEditJiraIssueComment = defineTool({
  name: 'addOrEditJiraIssueComment',
  title: 'Comment on a Jira issue',
  description: 'Adds a comment to an issue, or changes one when commentId is given. Markdown.',
  tier: 'write',
  product: 'jira',
  uses: [addComment, updateComment],
  accepts: {
    move: {
      commentID: 'commentId',
      body: 'commentBody',
      comment: 'commentBody',
      visibility: 'commentVisibility',
    },
  },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueKey,
    commentBody: z.string().min(1).describe('The text, in Markdown.'),
    commentId: z.coerce
      .string()
      .regex(/^\d+$/, 'has to be the id of a comment')
      .optional()
      .describe('The comment to change.'),
    commentVisibility: z
      .strictObject({ type: z.enum(['role', 'group']), value: z.string().min(1) })
      .optional()
      .describe('Only this role or group may see it.'),
    contentFormat: ContentFormat,
  }),
  output: z.object({ key: z.string(), commentId: z.string(), url: z.string() }),
  async run(
    { issueIdOrKey, commentBody, commentId, commentVisibility: visibility, contentFormat },
    { jira, site },
    { signal },
  ) {
    const { document, notes } = writtenText(commentBody, contentFormat)
    const options = { signal, ...(visibility && { visibility }) }
    const comment =
      commentId === undefined
        ? await jira.comments.add(issueIdOrKey, document, options)
        : await jira.comments.update(issueIdOrKey, commentId, { body: document, ...options })
    const id = comment.id ?? commentId ?? ''
    const url = `${site.url}/browse/${issueIdOrKey}?focusedCommentId=${id}`
    const done = commentId === undefined ? 'Added comment' : 'Changed comment'
    return {
      text: `${done} ${id} on ${issueIdOrKey}: ${url}`,
      data: { key: issueIdOrKey, commentId: id, url },
      notes,
    }
  },
})
