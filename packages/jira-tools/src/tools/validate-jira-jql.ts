import { parseJqlQueries } from '@telamon/jira/operations'
import { fence } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { hintOperations, hintsFor } from '../jql/hints.ts'
import { CloudId, Words } from '../params.ts'

export const validateJiraJql = defineTool({
  name: 'validateJiraJql',
  title: 'Check a JQL query',
  description: 'Says what is wrong with a JQL query, and which names may have been meant, without searching.',
  tier: 'read',
  product: 'jira',
  uses: [parseJqlQueries, ...hintOperations],
  accepts: { move: { query: 'jql' } },
  input: z.strictObject({ cloudId: CloudId, jql: Words.describe('The query.') }),
  output: z.object({ valid: z.boolean() }),
  async run({ jql }, { jira }, { signal }) {
    const [parsed] = await jira.jql.parse([jql], { validation: 'strict', signal })
    const faults = [...(parsed?.errors ?? []), ...(parsed?.warnings ?? [])]
    if (faults.length === 0)
      return { text: 'Jira knows every name in it, and can run it.', data: { valid: true } }
    const hints = await hintsFor(jql, faults, { jira, signal })
    return {
      text: fence([...faults, ...hints].join('\n'), { source: 'what Jira says of the query' }),
      data: { valid: false },
    }
  },
})
