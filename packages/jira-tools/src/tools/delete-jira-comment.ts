import { deleteComment } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, Id, IssueRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'

export const deleteJiraComment = defineTool({
  name: 'deleteJiraComment',
  title: 'Delete a comment of a Jira issue',
  description: 'Deletes a comment, for good.',
  tier: 'delete',
  product: 'jira',
  uses: [deleteComment],
  accepts: { move: { ...issueSpellings, commentID: 'commentId', comment_id: 'commentId' } },
  input: z.strictObject({ cloudId: CloudId, issueIdOrKey: IssueRef, commentId: Id.describe('The comment.') }),
  async run({ issueIdOrKey, commentId }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    await jira.comments.remove(key, commentId, { signal })
    return { text: `Deleted the comment ${commentId} of ${key}.` }
  },
})
