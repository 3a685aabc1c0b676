import { editIssue, getEditIssueMeta, getIssue } from '@telamon/jira/operations'
import { ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import type { Asking } from '../define.ts'
import { encoded, fieldValues } from '../fields/encode.ts'
import type { FieldValue } from '../fields/encode.ts'
import { isRich } from '../fields/encoders.ts'
import { writableField } from '../fields/metadata.ts'
import { keyOn } from '../names/issues.ts'
import { personNamed, personOperations } from '../names/people.ts'
import { CloudId, ContentFormat, FieldValues, IssueRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'

export const editJiraIssue = defineTool({
  name: 'editJiraIssue',
  title: 'Change fields of a Jira issue',
  description:
    'Sets fields of one issue by name or id, such as {"summary": "…", "assignee": "me", "priority": "High"}; null empties one. A list replaces the list that was there; {"labels": {"add": ["a"], "remove": ["b"]}} changes it. Of a text, give the whole with your change. For the status use transitionJiraIssue.',
  tier: 'write',
  product: 'jira',
  idempotent: true,
  uses: [editIssue, getEditIssueMeta, getIssue, ...personOperations],
  accepts: {
    move: {
      ...issueSpellings,
      additional_fields: 'fields',
      additionalFields: 'fields',
      componentNames: 'fields.components',
    },
    parse: ['fields'],
    ignore: ['responseContentFormat'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    fields: FieldValues.refine(
      (fields) => Object.keys(fields).length > 0,
      'is empty: name at least one field',
    ),
    contentFormat: ContentFormat,
  }),
  output: z.object({ key: z.string(), changed: z.array(z.string()), url: z.string() }),
  async run({ issueIdOrKey, fields, contentFormat: format = 'markdown' }, { jira, site }, { signal }) {
    const asking = { jira, signal }
    const key = keyOn(site, issueIdOrKey)
    const editable = await jira.issues.editable(key, { signal })
    const metadata = Object.entries(editable.fields ?? {}).map(([id, field]) => writableField(field, id))
    if (metadata.length === 0) {
      throw new ToolError({
        code: 'forbidden',
        message: `This person may not edit ${key}.`,
        next: 'Do not repeat it. Tell the person, who can ask an administrator of the project.',
      })
    }
    const values = fieldValues(fields, metadata)
    const notes: string[] = []
    const { fields: raw, update } = await encoded(values, {
      site,
      personNamed: (person) => personNamed(person, asking),
      format,
      present: format === 'markdown' ? await presentText(key, values, asking) : {},
      note: (remark) => notes.push(remark),
    })
    await jira.issues.edit(key, {}, { raw, signal, ...(Object.keys(update).length > 0 && { update }) })
    const changed = values.map(({ field }) => field.name)
    const url = `${site.url}/browse/${key}`
    return { text: `Changed ${changed.join(', ')} of ${key}: ${url}`, data: { key, changed, url }, notes }
  },
})

/** What the rich text fields hold that are to be changed: one read more, and nothing of them is lost. */
async function presentText(
  key: string,
  values: readonly FieldValue[],
  { jira, signal }: Asking,
): Promise<Readonly<Record<string, unknown>>> {
  const fieldIds = values
    .filter(({ field, value }) => isRich(field) && typeof value === 'string')
    .map(({ field }) => field.id)
  return fieldIds.length === 0 ? {} : (await jira.issues.get(key, { fieldIds, signal })).fields
}
