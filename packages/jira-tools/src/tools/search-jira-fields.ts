import { getFields } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { matching } from '../names/nearest.ts'
import { CloudId, Words } from '../params.ts'
import { listText } from '../views/list.ts'

export const searchJiraFields = defineTool({
  name: 'searchJiraFields',
  title: 'Find fields of Jira',
  description: 'Fields by a part of their name, with the ids and the names that JQL knows.',
  tier: 'read',
  product: 'jira',
  uses: [getFields],
  accepts: { move: { keyword: 'query', limit: 'maxResults' }, ignore: ['refresh'] },
  input: z.strictObject({
    cloudId: CloudId,
    query: Words.optional().describe('A part of the name. All by default.'),
    maxResults: z.int().min(1).max(500).optional().describe('50 by default.'),
  }),
  async run({ query, maxResults = 50 }, { jira }, { signal }) {
    const known = await jira.fields.list({ signal })
    const found = query === undefined ? known : matching(known, query, ({ name }) => name ?? '')
    const lines = found.slice(0, maxResults).map(({ id, name, schema, clauseNames = [] }) => {
      const names = clauseNames.filter((clause) => clause !== id && clause !== name)
      const jql = names.length === 0 ? '' : `, in JQL ${names.map(oneLine).join(', ')}`
      return `${oneLine(name ?? '')}: ${id ?? ''} (${schema?.type ?? 'no value'}${jql})`
    })
    return {
      text: listText({ lines, source: 'fields', none: 'No field goes by that name.', total: found.length }),
    }
  },
})
