import { findUsers } from '@telamon/jira/operations'
import { fence, oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId } from '../params.ts'

export const lookupJiraAccountId = defineTool({
  name: 'lookupJiraAccountId',
  title: 'Find the account id of a person',
  description:
    'People by a part of their name or e-mail address, with their account ids. For the person who is signed in use atlassianUserInfo.',
  tier: 'read',
  product: 'jira',
  uses: [findUsers],
  accepts: { move: { searchString: 'query' } },
  input: z.strictObject({
    cloudId: CloudId,
    query: z.string().trim().min(1).describe('A part of the name or the e-mail address.'),
    maxResults: z.int().min(1).max(50).optional().describe('10 by default.'),
  }),
  output: z.object({
    people: z.array(z.object({ accountId: z.string(), displayName: z.string(), active: z.boolean() })),
  }),
  async run({ query, maxResults = 10 }, { jira }, { signal }) {
    const people: { accountId: string; displayName: string; active: boolean }[] = []
    for await (const { accountId = '', accountType, active = true, displayName = '' } of jira.users.search(
      query,
      { limit: 100, signal },
    )) {
      if (accountType !== 'atlassian') continue
      people.push({ accountId, displayName: oneLine(displayName), active })
      if (people.length === maxResults) break
    }
    if (people.length === 0)
      return {
        text: 'Nobody found, or nobody that this person may see. Try a shorter part of the name.',
        data: { people },
      }
    const lines = people.map(
      (one) => `${one.displayName}: ${one.accountId}${one.active ? '' : ' (deactivated)'}`,
    )
    return { text: fence(lines.join('\n'), { source: 'people found' }), data: { people } }
  },
})
