import { fence } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { creatableProject, createFields, createOperations, typeNamed } from '../fields/create-fields.ts'
import { choicesOf } from '../fields/metadata.ts'
import { CloudId, ProjectRef, Words } from '../params.ts'

export const getJiraIssueTypeMetaWithFields = defineTool({
  name: 'getJiraIssueTypeMetaWithFields',
  title: 'Fields for creating a Jira issue',
  description:
    'What can be given, and what has to be, to create an issue of a type: each field with its values.',
  tier: 'read',
  product: 'jira',
  uses: createOperations,
  accepts: {
    move: {
      projectIdOrKey: 'projectKey',
      project_key: 'projectKey',
      issueTypeId: 'issueType',
      issue_type: 'issueType',
      issue_type_id: 'issueType',
    },
    ignore: ['maxResults', 'startAt'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    projectKey: ProjectRef,
    issueType: Words.describe('Its name or id, such as Task.'),
  }),
  async run({ projectKey, issueType }, { jira }, { signal }) {
    const asking = { jira, signal }
    const project = await creatableProject(projectKey, asking)
    const type = typeNamed(project, issueType)
    const fields = await createFields(project.key, type, asking)
    const [needed, others] = [
      fields.filter(({ required }) => required),
      fields.filter(({ required }) => !required),
    ]
    const section = (title: string, list: typeof fields): string =>
      list.length === 0
        ? ''
        : `## ${title}\n\n${list.map((field) => `${choicesOf(field)} (${field.id})`).join('\n')}`
    const text = [section('Has to be given', needed), section('Can be given', others)]
      .filter(Boolean)
      .join('\n\n')
    return {
      text: fence(text || 'No field can be given.', { source: `fields of ${type.name} in ${project.key}` }),
    }
  },
})
