import { getRemoteIssueLinks } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, IssueRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'
import { listText } from '../views/list.ts'

export const listJiraIssueRemoteIssueLinks = defineTool({
  name: 'listJiraIssueRemoteIssueLinks',
  title: 'List links of a Jira issue to the outside',
  description: 'Pages, files and addresses that an issue links to, with the ids of the links.',
  tier: 'read',
  product: 'jira',
  uses: [getRemoteIssueLinks],
  accepts: { move: issueSpellings },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    globalId: z.string().optional().describe('Only the link with this id of its own.'),
  }),
  async run({ issueIdOrKey, globalId }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    const links = await jira.remoteLinks.list(key, { signal, ...(globalId !== undefined && { globalId }) })
    const lines = links.map(({ id, relationship, object }) => {
      const lead = relationship === undefined ? '' : `${oneLine(relationship)}: `
      return `${lead}${oneLine(object?.title ?? '')} ${object?.url ?? ''} (link ${id})`
    })
    return {
      text: listText({
        lines,
        source: `remote links of ${key}`,
        none: `${key} links to nothing outside Jira.`,
      }),
    }
  },
})
