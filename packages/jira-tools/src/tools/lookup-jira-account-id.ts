import { findUsers } from '@telamon/jira/operations'
import { fence, oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId, Words } from '../params.ts'

/** As many as one answer can have that is looked through for people. */
const mostAccounts = 100

export const lookupJiraAccountId = defineTool({
  name: 'lookupJiraAccountId',
  title: 'Find the account id of a person',
  description:
    'People by the beginning of a name or e-mail address, with their account ids. For the person who is signed in use atlassianUserInfo.',
  tier: 'read',
  product: 'jira',
  uses: [findUsers],
  accepts: { move: { searchString: 'query', limit: 'maxResults' } },
  input: z.strictObject({
    cloudId: CloudId,
    query: Words.describe('The beginning of a name or an e-mail address.'),
    maxResults: z.int().min(1).max(50).optional().describe('10 by default.'),
  }),
  output: z.object({
    people: z.array(z.object({ accountId: z.string(), displayName: z.string(), active: z.boolean() })),
  }),
  async run({ query, maxResults = 10 }, { jira }, { signal }) {
    const { items } = await jira.users.search(query).page({ size: mostAccounts, signal })
    const found = items
      .filter(({ accountType }) => accountType === 'atlassian')
      .map(({ accountId, displayName, active }) => ({
        accountId,
        displayName: oneLine(displayName),
        active,
      }))
    const people = found.slice(0, maxResults)
    if (people.length === 0)
      return {
        text: 'Nobody found, or nobody that this person may see. Try another part of the name: e-mail addresses may be hidden.',
        data: { people },
      }
    const lines = people.map(
      (one) => `${one.displayName}: ${one.accountId}${one.active ? '' : ' (deactivated)'}`,
    )
    const more =
      found.length > people.length ? `\n${people.length} of ${found.length}: give more of the name.` : ''
    return { text: `${fence(lines.join('\n'), { source: 'people found' })}${more}`, data: { people } }
  },
})
