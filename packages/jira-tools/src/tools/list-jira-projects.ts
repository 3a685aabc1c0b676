import { searchProjects } from '@telamon/jira/operations'
import { fence, oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { nextPage } from '../next-page.ts'
import { CloudId, Words } from '../params.ts'

export const listJiraProjects = defineTool({
  name: 'listJiraProjects',
  title: 'List Jira projects',
  description:
    'The projects that this person can see, with their keys; with action create, those where they can create issues.',
  tier: 'read',
  product: 'jira',
  uses: [searchProjects],
  accepts: {
    move: { searchString: 'query', limit: 'maxResults' },
    ignore: ['expandIssueTypes'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    query: Words.optional().describe('A part of the key or the name.'),
    action: z
      .enum(['view', 'browse', 'edit', 'create'])
      .optional()
      .describe('What the person has to be allowed to do there.'),
    maxResults: z.int().min(1).max(100).optional().describe('On this page. 50 by default.'),
    startAt: z.int().min(0).optional().describe('How many to pass over.'),
  }),
  async run({ query, action, maxResults = 50, startAt = 0 }, { jira }, { signal }) {
    const { values, total, isLast } = await jira.call(
      searchProjects,
      {
        query: {
          startAt,
          maxResults,
          ...(query !== undefined && { query }),
          ...(action && { action }),
        },
      },
      { signal },
    )
    if (values.length === 0)
      return {
        text:
          startAt > 0
            ? `There are no more projects; ${total} in all.`
            : 'There is no such project, or none that this person may see.',
      }
    const lines = values.map(
      ({ key, name, id, projectTypeKey }) => `${key} ${oneLine(name ?? '')} (${projectTypeKey}, id ${id})`,
    )
    const shown = values.length === total ? `${total} in all.` : `${values.length} of ${total} shown.`
    const more = isLast ? '' : ` ${nextPage('startAt', startAt + values.length)}`
    return { text: `${fence(lines.join('\n'), { source: 'Jira projects' })}\n${shown}${more}` }
  },
})
