import { getChangeLogs } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, Cursor, FieldNames, IssueRef, pageSize } from '../params.ts'
import { issueSpellings } from '../spellings.ts'
import { listText } from '../views/list.ts'
import { momentText } from '../views/value.ts'

export const listJiraIssueChangelogs = defineTool({
  name: 'listJiraIssueChangelogs',
  title: 'List changes of a Jira issue',
  description: 'Who changed which field of an issue when, from what to what, oldest first.',
  tier: 'read',
  product: 'jira',
  uses: [getChangeLogs],
  accepts: { move: { ...issueSpellings, limit: 'maxResults' } },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    fields: FieldNames.optional().describe(
      'Only changes of these fields, by the name that the changes have.',
    ),
    maxResults: pageSize(50),
    cursor: Cursor,
  }),
  async run({ issueIdOrKey, fields, maxResults = 50, cursor }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    const page = await jira.issues
      .changelog(key)
      .page({ size: maxResults, signal, ...(cursor && { cursor }) })
    const wanted = fields && new Set(fields.map((field) => field.toLowerCase()))
    const lines = page.items.flatMap(({ created, author, items }) =>
      items
        .filter(
          ({ field = '', fieldId = '' }) =>
            !wanted || wanted.has(field.toLowerCase()) || wanted.has(fieldId.toLowerCase()),
        )
        .map(
          ({ field = '', fromString, toString: to }) =>
            `${momentText(created)} ${oneLine(author?.displayName ?? 'Somebody')}: ${oneLine(field)}: ${shown(fromString)} → ${shown(to)}`,
        ),
    )
    const none = wanted ? 'None of these fields was changed on this page.' : `${key} was never changed.`
    return { text: listText({ lines, source: `changes of ${key}`, none, cursor: page.cursor }) }
  },
})

/** Longest value in a line, in characters: descriptions stand whole in every change. */
const longest = 160

function shown(value: unknown): string {
  const text = typeof value === 'string' ? oneLine(value) : ''
  if (text === '') return 'none'
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
