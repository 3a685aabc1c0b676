import { getProjectComponentsPaginated } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { projectOf, projectOperations } from '../names/projects.ts'
import { CloudId, Cursor, pageSize, ProjectRef, Words } from '../params.ts'
import { listText } from '../views/list.ts'

export const listJiraProjectComponents = defineTool({
  name: 'listJiraProjectComponents',
  title: 'List components of a Jira project',
  description: 'The components of a project, with who leads them and how many issues they have.',
  tier: 'read',
  product: 'jira',
  uses: [getProjectComponentsPaginated, ...projectOperations],
  accepts: { move: { projectIdOrKey: 'projectKey', project_key: 'projectKey', limit: 'maxResults' } },
  input: z.strictObject({
    cloudId: CloudId,
    projectKey: ProjectRef,
    query: Words.optional().describe('A part of the name.'),
    maxResults: pageSize(50),
    cursor: Cursor,
  }),
  async run({ projectKey, query, maxResults = 50, cursor }, { jira }, { signal }) {
    const project = await projectOf(projectKey, { jira, signal })
    const list = jira.components.list(project, query === undefined ? {} : { query })
    const page = await list.page({ size: maxResults, signal, ...(cursor && { cursor }) })
    const lines = page.items.map(({ id, name, description, lead, issueCount }) => {
      const about = [
        lead?.displayName && `led by ${oneLine(lead.displayName)}`,
        issueCount !== undefined && `${issueCount} issues`,
        `id ${id ?? ''}`,
      ]
      return `${oneLine(name ?? '')} (${about.filter(Boolean).join(', ')})${description ? `: ${oneLine(description)}` : ''}`
    })
    return {
      text: listText({
        lines,
        source: `components of ${project}`,
        none: `${project} has no such component.`,
        cursor: page.cursor,
      }),
    }
  },
})
