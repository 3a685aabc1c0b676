import { searchProjects } from '@telamon/jira/operations'
import { fence, oneLine, writtenCall } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId } from '../params.ts'

export const listJiraProjects = defineTool({
  name: 'listJiraProjects',
  title: 'List Jira projects',
  description:
    'The projects that this person can see, with their keys; those where an issue can be created with action create.',
  tier: 'read',
  product: 'jira',
  uses: [searchProjects],
  accepts: { move: { searchString: 'query', limit: 'maxResults' }, ignore: ['expandIssueTypes'] },
  input: z.strictObject({
    cloudId: CloudId,
    query: z.string().min(1).optional().describe('A part of the key or the name.'),
    action: z
      .enum(['view', 'browse', 'edit', 'create'])
      .optional()
      .describe('What the person has to be allowed to do there.'),
    maxResults: z.int().min(1).max(100).optional().describe('50 by default.'),
    cursor: z.string().min(1).optional().describe('Of the page before, as its answer said.'),
  }),
  async run(input, { jira }, { signal }) {
    const { query, action, maxResults = 50, cursor } = input
    const list = jira.projects.list({
      signal,
      ...(query !== undefined && { query }),
      ...(action && { action }),
    })
    const page = await list.page({ size: maxResults, ...(cursor !== undefined && { cursor }) })
    if (page.items.length === 0)
      return { text: 'There is no such project, or none that this person may see.' }
    const lines = page.items.map(
      ({ key, name, id, projectTypeKey }) => `${key} ${oneLine(name ?? '')} (${projectTypeKey}, id ${id})`,
    )
    const more =
      page.cursor === undefined
        ? `${page.total ?? lines.length} in all.`
        : `${lines.length} of ${page.total ?? 'more'}: for the next call ${writtenCall('listJiraProjects', { ...input, cursor: page.cursor })}.`
    return { text: `${fence(lines.join('\n'), { source: 'Jira projects' })}\n${more}` }
  },
})
