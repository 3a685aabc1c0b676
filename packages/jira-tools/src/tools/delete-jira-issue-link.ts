import { deleteIssueLink, getIssue } from '@telamon/jira/operations'
import { ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, Id, IssueRef } from '../params.ts'
import { membersOf } from '../views/value.ts'

export const deleteJiraIssueLink = defineTool({
  name: 'deleteJiraIssueLink',
  title: 'Remove a link between Jira issues',
  description: 'Removes a link, by its id or by the two issues that it joins.',
  tier: 'delete',
  product: 'jira',
  uses: [deleteIssueLink, getIssue],
  input: z.strictObject({
    cloudId: CloudId,
    linkId: Id.optional().describe('The link.'),
    issueIdOrKey: IssueRef.optional().describe('In place of linkId: one of the two issues.'),
    otherIssueIdOrKey: IssueRef.optional().describe('And the other one.'),
  }),
  output: z.object({ linkId: z.string() }),
  async run({ linkId, issueIdOrKey, otherIssueIdOrKey }, { jira, site }, { signal }) {
    const id = linkId ?? (await linkBetween())
    await jira.links.remove(id, { signal })
    return { text: `Removed the link ${id}.`, data: { linkId: id } }

    async function linkBetween(): Promise<string> {
      if (issueIdOrKey === undefined || otherIssueIdOrKey === undefined) {
        throw new ToolError({
          code: 'invalid_input',
          message: 'Which link is meant is not said.',
          next: 'Give linkId, or issueIdOrKey and otherIssueIdOrKey.',
        })
      }
      const [one, other] = [keyOn(site, issueIdOrKey), keyOn(site, otherIssueIdOrKey)]
      const { fields } = await jira.issues.get(one, { fieldIds: ['issuelinks'], signal })
      const links: readonly unknown[] = Array.isArray(fields['issuelinks']) ? fields['issuelinks'] : []
      const found = links
        .map(membersOf)
        .filter(({ inwardIssue, outwardIssue }) =>
          [inwardIssue, outwardIssue]
            .map(membersOf)
            .some(({ key, id: otherId }) => key === other || otherId === other),
        )
      const [link] = found
      if (typeof link?.['id'] === 'string' && found.length === 1) return link['id']
      const ids = found.map((each) => String(each['id']))
      throw new ToolError(
        ids.length === 0
          ? {
              code: 'not_found',
              message: `${one} has no link to ${other}.`,
              next: 'Call getJiraIssue with fields ["issuelinks"] to see those it has.',
            }
          : {
              code: 'ambiguous',
              message: `${one} has several links to ${other}.`,
              next: `Call again with linkId, one of ${ids.join(', ')}.`,
            },
      )
    }
  },
})
