import { getProjectVersionsPaginated } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { projectOf, projectOperations } from '../names/projects.ts'
import { CloudId, Cursor, pageSize, ProjectRef, Words } from '../params.ts'
import { listText } from '../views/list.ts'

export const getJiraProjectVersions = defineTool({
  name: 'getJiraProjectVersions',
  title: 'List versions of a Jira project',
  description: 'The versions of a project with their days, released or not, and their ids.',
  tier: 'read',
  product: 'jira',
  uses: [getProjectVersionsPaginated, ...projectOperations],
  accepts: { move: { projectIdOrKey: 'projectKey', project_key: 'projectKey', limit: 'maxResults' } },
  input: z.strictObject({
    cloudId: CloudId,
    projectKey: ProjectRef,
    query: Words.optional().describe('A part of the name.'),
    status: z.enum(['released', 'unreleased', 'archived']).optional().describe('All by default.'),
    maxResults: pageSize(50),
    cursor: Cursor,
  }),
  async run({ projectKey, query, status, maxResults = 50, cursor }, { jira }, { signal }) {
    const project = await projectOf(projectKey, { jira, signal })
    const list = jira.versions.list(project, {
      ...(query !== undefined && { query }),
      ...(status && { status: [status] }),
    })
    const page = await list.page({ size: maxResults, signal, ...(cursor && { cursor }) })
    const lines = page.items.map(
      ({ id, name, released, archived, startDate, releaseDate, description, overdue }) => {
        const days = [startDate && `from ${startDate}`, releaseDate && `to ${releaseDate}`]
          .filter(Boolean)
          .join(' ')
        const state = archived
          ? 'archived'
          : released
            ? 'released'
            : overdue
              ? 'unreleased, overdue'
              : 'unreleased'
        return `${oneLine(name ?? '')} (${[state, days, `id ${id ?? ''}`].filter(Boolean).join(', ')})${description ? `: ${oneLine(description)}` : ''}`
      },
    )
    return {
      text: listText({
        lines,
        source: `versions of ${project}`,
        none: `${project} has no such version.`,
        cursor: page.cursor,
      }),
    }
  },
})
