import { getAllStatuses, getStatuses } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { projectOf, projectOperations } from '../names/projects.ts'
import { CloudId, ProjectRef } from '../params.ts'
import { listText } from '../views/list.ts'

export const listJiraStatuses = defineTool({
  name: 'listJiraStatuses',
  title: 'List statuses of Jira issues',
  description: 'The statuses that issues can have: of a project, by type of issue, or of the whole site.',
  tier: 'read',
  product: 'jira',
  uses: [getStatuses, getAllStatuses, ...projectOperations],
  accepts: { move: { projectIdOrKey: 'projectKey', project_key: 'projectKey' } },
  input: z.strictObject({ cloudId: CloudId, projectKey: ProjectRef.optional() }),
  async run({ projectKey }, { jira }, { signal }) {
    if (projectKey === undefined) {
      const statuses = await jira.vocabulary.statuses({ signal })
      return {
        text: listText({
          lines: [...new Set(statuses.map(statusLine))],
          source: 'statuses',
          none: 'No status is visible.',
        }),
      }
    }
    const project = await projectOf(projectKey, { jira, signal })
    const types = await jira.call(getAllStatuses, { path: { projectIdOrKey: project } }, { signal })
    const lines = types.map(
      ({ name, statuses }) => `${oneLine(name)}: ${statuses.map(statusLine).join(', ')}`,
    )
    return {
      text: listText({ lines, source: `statuses of ${project}`, none: `${project} has no types of issue.` }),
    }
  },
})

interface ShownStatus {
  readonly name?: string
  readonly statusCategory?: { readonly name?: string }
}

/** `In Review (In Progress)`: the category in brackets, where it is another word. */
function statusLine({ name = '', statusCategory }: ShownStatus): string {
  const category = statusCategory?.name ?? ''
  return category === '' || category === name ? oneLine(name) : `${oneLine(name)} (${oneLine(category)})`
}
