import { getCreateIssueMetaIssueTypes } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { creatableProject, createOperations } from '../fields/create-fields.ts'
import { CloudId, ProjectRef } from '../params.ts'
import { listText } from '../views/list.ts'

export const listJiraProjectIssueTypesMetadata = defineTool({
  name: 'listJiraProjectIssueTypesMetadata',
  title: 'List types of issue of a Jira project',
  description: 'The types of issue that this person can create in a project, with their ids.',
  tier: 'read',
  product: 'jira',
  uses: [getCreateIssueMetaIssueTypes, ...createOperations],
  accepts: {
    move: { projectIdOrKey: 'projectKey', project_key: 'projectKey' },
    ignore: ['maxResults', 'startAt'],
  },
  input: z.strictObject({ cloudId: CloudId, projectKey: ProjectRef }),
  async run({ projectKey }, { jira }, { signal }) {
    const { key, types } = await creatableProject(projectKey, { jira, signal })
    const lines = types.map(({ id, name }) => `${name} (id ${id})`)
    return {
      text: listText({
        lines,
        source: `types of issue of ${key}`,
        none: `Nothing can be created in ${key}.`,
      }),
    }
  },
})
