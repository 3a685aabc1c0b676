import { deleteRemoteIssueLinkByGlobalId, deleteRemoteIssueLinkById } from '@telamon/jira/operations'
import { ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, Id, IssueRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'

export const deleteJiraIssueRemoteIssueLink = defineTool({
  name: 'deleteJiraIssueRemoteIssueLink',
  title: 'Remove a link of a Jira issue to the outside',
  description:
    'Removes a remote link by the id that listJiraIssueRemoteIssueLinks shows, or by its global id.',
  tier: 'delete',
  product: 'jira',
  uses: [deleteRemoteIssueLinkById, deleteRemoteIssueLinkByGlobalId],
  accepts: { move: issueSpellings },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    linkId: Id.optional().describe('The link.'),
    globalId: z.string().min(1).max(255).optional().describe('In place of linkId.'),
  }),
  async run({ issueIdOrKey, linkId, globalId }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    const link = linkId === undefined ? globalId !== undefined && { globalId } : { id: linkId }
    if (link === false) {
      throw new ToolError({
        code: 'invalid_input',
        message: 'Which link is meant is not said.',
        next: 'Give linkId or globalId.',
      })
    }
    await jira.remoteLinks.remove(key, link, { signal })
    return { text: `Removed the link from ${key}.` }
  },
})
