import type { Jira } from '@telamon/jira'
import {
  countIssues,
  getFields,
  parseJqlQueries,
  searchAndReconsileIssuesUsingJql,
  searchAndReconsileIssuesUsingJqlPost,
} from '@telamon/jira/operations'
import { ContinueFrom, fence, writtenCall } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { explainEmpty } from '../empty-search.ts'
import { fieldIdsOf } from '../names/fields.ts'
import { CloudId } from '../params.ts'
import { issueLine } from '../views/issue.ts'

const lineFields = ['summary', 'status', 'assignee', 'priority'] as const

export const searchJiraIssuesUsingJql = defineTool({
  name: 'searchJiraIssuesUsingJql',
  title: 'Search Jira issues by JQL',
  description:
    'Finds issues, one line each: key, summary, status, assignee, priority. Quote values with spaces: project = ALPHA AND status != Done ORDER BY updated DESC. To count only, use searchResultMode count. Read one with getJiraIssue.',
  tier: 'read',
  product: 'jira',
  uses: [
    searchAndReconsileIssuesUsingJql,
    searchAndReconsileIssuesUsingJqlPost,
    countIssues,
    parseJqlQueries,
    getFields,
  ],
  accepts: { ignore: ['responseContentFormat', 'view', 'actionSource', 'updateHistory'] },
  input: z.strictObject({
    cloudId: CloudId,
    jql: z.string().min(1).max(20_000).describe('The query. It needs at least one restriction.'),
    fields: z
      .array(z.string().min(1))
      .max(50)
      .optional()
      .describe('Other fields for each line, by name or id.'),
    maxResults: z.int().min(1).max(100).optional().describe('How many on this page. 20 by default.'),
    nextPageToken: z.string().min(1).optional().describe('Of the page before, as its answer said.'),
    searchResultMode: z
      .enum(['issues', 'count', 'all'])
      .optional()
      .describe('issues (default), their number only, or both.'),
    continueFrom: ContinueFrom.optional(),
  }),
  async run(input, { jira }, { signal }) {
    const { jql, searchResultMode = 'issues' } = input
    if (searchResultMode === 'count') return { text: await counted(jql, jira, signal) }
    const fieldIds = input.fields
      ? ['summary', ...(await fieldIdsOf(input.fields, jira, signal))]
      : lineFields
    const page = await jira.search(jql, { fieldIds, signal }).page({
      size: input.maxResults ?? 20,
      ...(input.nextPageToken !== undefined && { cursor: input.nextPageToken }),
    })
    if (page.items.length === 0 && page.cursor === undefined) {
      return {
        text:
          input.nextPageToken === undefined
            ? await explainEmpty(jql, jira, signal)
            : 'There are no more issues.',
      }
    }
    const lines = page.items.map(({ key, fields }) => issueLine(key, fields))
    const { continueFrom: _position, ...again } = input
    const more =
      page.cursor === undefined
        ? `${lines.length} found, and no more.`
        : `${lines.length} found, and there are more: call ${writtenCall('searchJiraIssuesUsingJql', { ...again, nextPageToken: page.cursor })}.`
    const total = searchResultMode === 'all' ? await counted(jql, jira, signal) : ''
    return {
      text: [fence(lines.join('\n'), { source: 'Jira issues found' }), more, total]
        .filter(Boolean)
        .join('\n'),
    }
  },
})

/** Jira counts from its index, which may be seconds behind. */
async function counted(jql: string, jira: Jira, signal: AbortSignal): Promise<string> {
  const total = await jira.count(jql, { signal })
  return total === 0 ? explainEmpty(jql, jira, signal) : `About ${total} in all (Jira's estimate).`
}
