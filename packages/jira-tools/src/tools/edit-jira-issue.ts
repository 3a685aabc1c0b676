import { editIssue, getEditIssueMeta } from '@telamon/jira/operations'
import { ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { encodeValues } from '../fields/encode.ts'
import { writableField } from '../fields/metadata.ts'
import { accountIdOf, personOperations } from '../names/people.ts'
import { CloudId, ContentFormat, FieldValues, IssueKey } from '../params.ts'

export const editJiraIssue = defineTool({
  name: 'editJiraIssue',
  title: 'Change fields of a Jira issue',
  description:
    'Sets fields of one issue by name or id, such as {"summary": "…", "assignee": "me", "labels": ["a","b"]}. A list replaces the list that was there; null empties a field. To change the status use transitionJiraIssue.',
  tier: 'write',
  product: 'jira',
  idempotent: true,
  uses: [editIssue, getEditIssueMeta, ...personOperations],
  accepts: { parse: ['fields'], ignore: ['responseContentFormat'] },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueKey,
    fields: FieldValues,
    contentFormat: ContentFormat,
  }),
  output: z.object({ key: z.string(), changed: z.array(z.string()), url: z.string() }),
  async run({ issueIdOrKey, fields, contentFormat = 'markdown' }, { jira, site }, { signal }) {
    if (Object.keys(fields).length === 0) {
      throw new ToolError({
        code: 'invalid_input',
        message: 'fields is empty: nothing was changed.',
        next: 'Name at least one field with its new value.',
      })
    }
    const notes: string[] = []
    const editable = await jira.issues.editable(issueIdOrKey, { signal })
    const metadata = Object.entries(editable.fields ?? {}).map(([id, field]) => writableField(field, id))
    if (metadata.length === 0) {
      throw new ToolError({
        code: 'forbidden',
        message: `Nothing of ${issueIdOrKey} can be edited by this person.`,
        next: 'Ask somebody with permission to edit issues in this project.',
      })
    }
    const raw = await encodeValues(fields, metadata, {
      accountIdOf: (person) => accountIdOf(person, { jira }, signal),
      format: contentFormat,
      note: (remark) => notes.push(remark),
    })
    await jira.issues.edit(issueIdOrKey, {}, { raw, signal })
    const changed = Object.keys(raw)
    const url = `${site.url}/browse/${issueIdOrKey}`
    return {
      text: `Changed ${changed.join(', ')} of ${issueIdOrKey}: ${url}`,
      data: { key: issueIdOrKey, changed, url },
      notes,
    }
  },
})
