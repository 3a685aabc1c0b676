import { findAssignableUsers } from '@telamon/jira/operations'
import { oneLine, ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { projectOf, projectOperations } from '../names/projects.ts'
import { CloudId, Cursor, IssueRef, pageSize, ProjectRef, Words } from '../params.ts'
import { issueSpellings } from '../spellings.ts'
import { listText } from '../views/list.ts'

export const listJiraIssueAssignableUsers = defineTool({
  name: 'listJiraIssueAssignableUsers',
  title: 'List people an issue can be assigned to',
  description: 'Whom an issue, or any issue of a project, can be given to, with account ids.',
  tier: 'read',
  product: 'jira',
  uses: [findAssignableUsers, ...projectOperations],
  accepts: {
    move: { ...issueSpellings, project_key: 'projectKey', project: 'projectKey', limit: 'maxResults' },
  },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef.optional(),
    projectKey: ProjectRef.optional(),
    query: Words.optional().describe('A part of the name or e-mail address.'),
    maxResults: pageSize(50),
    cursor: Cursor,
  }),
  async run({ issueIdOrKey, projectKey, query, maxResults = 50, cursor }, { jira, site }, { signal }) {
    const where =
      issueIdOrKey === undefined
        ? projectKey !== undefined && { project: await projectOf(projectKey, { jira, signal }) }
        : { issue: keyOn(site, issueIdOrKey) }
    if (where === false) {
      throw new ToolError({
        code: 'invalid_input',
        message: 'It is not said for what.',
        next: 'Give issueIdOrKey or projectKey.',
      })
    }
    const people = jira.users.assignable(where, query === undefined ? {} : { query })
    const page = await people.page({ size: maxResults, signal, ...(cursor && { cursor }) })
    const lines = page.items.map(({ displayName, accountId }) => `${oneLine(displayName)}: ${accountId}`)
    return {
      text: listText({
        lines,
        source: 'people',
        none: 'Nobody by that name can be given it.',
        cursor: page.cursor,
      }),
    }
  },
})
