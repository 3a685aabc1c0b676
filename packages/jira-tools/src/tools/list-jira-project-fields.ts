import { fence } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { creatableProject, createFields, createOperations } from '../fields/create-fields.ts'
import { choicesOf } from '../fields/metadata.ts'
import type { WritableField } from '../fields/metadata.ts'
import { CloudId, ProjectRef } from '../params.ts'

export const listJiraProjectFields = defineTool({
  name: 'listJiraProjectFields',
  title: 'Fields of a Jira project',
  description:
    'Every field that issues of a project can have, with its values and the types of issue that have it.',
  tier: 'read',
  product: 'jira',
  uses: createOperations,
  accepts: { move: { projectIdOrKey: 'projectKey', project_key: 'projectKey' } },
  input: z.strictObject({ cloudId: CloudId, projectKey: ProjectRef }),
  async run({ projectKey }, { jira }, { signal }) {
    const asking = { jira, signal }
    const project = await creatableProject(projectKey, asking)
    const found = new Map<string, { readonly field: WritableField; readonly types: string[] }>()
    for (const type of project.types) {
      for (const field of await createFields(project.key, type, asking)) {
        const known = found.get(field.id) ?? { field, types: [] }
        known.types.push(field.required ? `${type.name} (required)` : type.name)
        found.set(field.id, known)
      }
    }
    const everywhere = project.types.map(({ name }) => name).join()
    const lines = [...found.values()].map(({ field, types }) => {
      const where = types.join() === everywhere ? 'all types' : types.join(', ')
      return `${choicesOf(field)} (${field.id}; ${where})`
    })
    return { text: fence(lines.join('\n'), { source: `fields of ${project.key}` }) }
  },
})
