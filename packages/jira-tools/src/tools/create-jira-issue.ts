import { createIssue } from '@telamon/jira/operations'
import { oneLine, writtenCall } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { createFields, createOperations, creatableProject, typeNamed } from '../fields/create-fields.ts'
import { encodedWhole, fieldValues } from '../fields/encode.ts'
import { checkRequired } from '../fields/missing.ts'
import { personNamed, personOperations } from '../names/people.ts'
import { CloudId, ContentFormat, FieldValues, IssueRef, listed, Words } from '../params.ts'
import { confirmed } from '../unconfirmed.ts'

export const createJiraIssue = defineTool({
  name: 'createJiraIssue',
  title: 'Create a Jira issue',
  description:
    'Creates one issue and answers with its key. Names are enough: project, type, priority and people are looked up. What is required and missing is named before anything is created.',
  tier: 'write',
  product: 'jira',
  uses: [createIssue, ...createOperations, ...personOperations],
  accepts: {
    move: {
      issueTypeName: 'issueType',
      assignee_account_id: 'assignee',
      additional_fields: 'additionalFields',
      fields: 'additionalFields',
      components: 'additionalFields.components',
      projectIdOrKey: 'projectKey',
      project: 'projectKey',
      project_key: 'projectKey',
      issue_type: 'issueType',
    },
    parse: ['additionalFields'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    projectKey: Words.describe('The project: its key such as ALPHA, its id, or its name.'),
    issueType: Words.describe('Its name, such as Task, Story or Bug.'),
    summary: z
      .string()
      .transform((text) => oneLine(text))
      .refine((text) => text !== '', 'is empty')
      .refine(
        (text) => text.length <= 255,
        'has more than 255 characters: shorten it, and put the rest into description',
      )
      .describe('One line, at most 255 characters.'),
    description: z.string().optional().describe('In Markdown.'),
    assignee: Words.optional().describe('A name, an account id, or "me".'),
    parent: IssueRef.optional().describe('The epic, or the issue that a subtask belongs to: its key.'),
    labels: z.preprocess(listed, z.array(Words).max(50)).optional().describe('Words without spaces.'),
    priority: Words.optional().describe('Its name, such as High.'),
    additionalFields: FieldValues.optional(),
    contentFormat: ContentFormat,
  }),
  output: z.object({ key: z.string(), id: z.string(), url: z.string() }),
  async run(input, { jira, site }, { signal }) {
    const asking = { jira, signal }
    const {
      cloudId: _site,
      projectKey,
      issueType,
      contentFormat = 'markdown',
      additionalFields = {},
      ...own
    } = input
    const project = await creatableProject(projectKey, asking)
    const type = typeNamed(project, issueType)
    const metadata = await createFields(project.key, type, asking)
    const values = fieldValues({ ...given(own), ...additionalFields }, metadata)
    const notes: string[] = []
    const fields = await encodedWhole(values, {
      site,
      personNamed: (person) => personNamed(person, asking),
      format: contentFormat,
      note: (remark) => notes.push(remark),
    })
    checkRequired(metadata, fields, {
      lead: `To create a ${type.name} in ${project.key}, give`,
      argument: 'additionalFields',
    })
    const { id, key } = await confirmed(
      () => jira.issues.create({ project: project.key, issuetype: { id: type.id } }, { raw: fields, signal }),
      { what: 'that the issue was created', look: lookFor(project.key) },
    )
    const url = `${site.url}/browse/${key}`
    return { text: `Created ${key} (${type.name}): ${url}`, data: { key, id, url }, notes }
  },
})

/** The arguments that were given. */
function given(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined))
}

/** The call that shows what this person created last. */
function lookFor(project: string): string {
  const jql = `project = ${project} AND creator = currentUser() ORDER BY created DESC`
  return `Call ${writtenCall('searchJiraIssuesUsingJql', { jql, maxResults: 5 })}.`
}
