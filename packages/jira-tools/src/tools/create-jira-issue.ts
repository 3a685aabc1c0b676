import {
  createIssue,
  getCreateIssueMetaIssueTypeId,
  getCreateIssueMetaIssueTypes,
} from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { createFields, typeNamed } from '../fields/create-fields.ts'
import { encodeValues } from '../fields/encode.ts'
import { accountIdOf, personOperations } from '../names/people.ts'
import { CloudId, ContentFormat, FieldValues, IssueKey, ProjectKey } from '../params.ts'

export const createJiraIssue = defineTool({
  name: 'createJiraIssue',
  title: 'Create a Jira issue',
  description:
    'Creates one issue and answers with its key. Names are enough: type, priority and people are looked up. Other fields go into additionalFields by name.',
  tier: 'write',
  product: 'jira',
  uses: [createIssue, getCreateIssueMetaIssueTypes, getCreateIssueMetaIssueTypeId, ...personOperations],
  accepts: {
    move: {
      issueTypeName: 'issueType',
      assignee_account_id: 'assignee',
      additional_fields: 'additionalFields',
      fields: 'additionalFields',
      project_key: 'projectKey',
    },
    parse: ['additionalFields'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    projectKey: ProjectKey,
    issueType: z.string().min(1).describe('Its name, such as Task, Story or Bug.'),
    summary: z
      .string()
      .trim()
      .min(1)
      .max(255)
      .regex(/^[^\r\n]*$/, 'has to be one line')
      .describe('One line, at most 255 characters.'),
    description: z.string().optional().describe('In Markdown.'),
    assignee: z.string().min(1).optional().describe('A name, an account id, or "me".'),
    parent: IssueKey.optional(),
    labels: z
      .array(z.string().regex(/^\S+$/, 'may not contain spaces'))
      .max(50)
      .optional()
      .describe('Words without spaces.'),
    priority: z.string().min(1).optional().describe('Its name, such as High.'),
    additionalFields: FieldValues.optional(),
    contentFormat: ContentFormat,
  }),
  output: z.object({ key: z.string(), id: z.string(), url: z.string() }),
  async run(input, { jira, site }, { signal }) {
    const { projectKey, issueType, contentFormat = 'markdown', additionalFields = {} } = input
    const notes: string[] = []
    const type = await typeNamed(projectKey, issueType, { jira, signal })
    const metadata = await createFields(projectKey, type, { jira, signal })
    const { summary, description, assignee, parent, labels, priority } = input
    const values = {
      summary,
      ...(description !== undefined && { description }),
      ...(assignee !== undefined && { assignee }),
      ...(parent !== undefined && { parent }),
      ...(labels && { labels }),
      ...(priority !== undefined && { priority }),
      ...additionalFields,
    }
    const raw = await encodeValues(values, metadata, {
      accountIdOf: (person) => accountIdOf(person, { jira }, signal),
      format: contentFormat,
      note: (remark) => notes.push(remark),
    })
    const { id, key } = await jira.issues.create(
      { project: projectKey, issuetype: { id: type.id } },
      { raw, signal },
    )
    const url = `${site.url}/browse/${key}`
    return {
      text: `Created ${key} (${type.name}): ${url}`,
      data: { key: key ?? '', id: id ?? '', url },
      notes,
    }
  },
})
