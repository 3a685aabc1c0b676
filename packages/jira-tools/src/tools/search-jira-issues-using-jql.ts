import { countIssues } from '@telamon/jira/operations'
import { ContinueFrom, fence } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import type { Asking } from '../define.ts'
import { explainEmpty, explainOperations } from '../jql/empty-search.ts'
import { narrowed } from '../jql/narrowed.ts'
import { pageOperations, searchPage } from '../jql/search-page.ts'
import { readableFields } from '../names/fields.ts'
import { nextPage } from '../next-page.ts'
import { CloudId, FieldNames, ProjectKeys, Words } from '../params.ts'
import { issueLine } from '../views/issue.ts'

const usualFields = ['summary', 'status', 'assignee', 'priority'] as const

export const searchJiraIssuesUsingJql = defineTool({
  name: 'searchJiraIssuesUsingJql',
  title: 'Search Jira issues by JQL',
  description:
    'Finds issues, one line each: key, summary, status, assignee, priority. Values with spaces stand in quotes: project = ALPHA AND status != "In Progress" ORDER BY updated DESC. For their number alone take searchResultMode count. Read one with getJiraIssue.',
  tier: 'read',
  product: 'jira',
  uses: [...pageOperations, countIssues, ...explainOperations],
  accepts: {
    move: { query: 'jql', limit: 'maxResults', page_token: 'nextPageToken' },
    ignore: ['view', 'responseContentFormat', 'expand', 'updateHistory', 'failFast', 'actionSource'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    jql: Words.describe('The query, with at least one restriction.'),
    projects: ProjectKeys.optional().describe('Only in these projects, by key.'),
    fields: FieldNames.optional().describe('What each line shows beside key and summary, by name or id.'),
    maxResults: z.int().min(1).max(100).optional().describe('On this page. 20 by default.'),
    nextPageToken: Words.optional().describe('As the answer before gave it.'),
    searchResultMode: z
      .enum(['issues', 'count', 'all'])
      .optional()
      .describe('issues (default), their number, or both.'),
    continueFrom: ContinueFrom.optional(),
  }),
  async run(input, { jira }, { signal }) {
    const asking = { jira, signal }
    const { searchResultMode: mode = 'issues', nextPageToken: token } = input
    const jql = narrowed(input.jql, input.projects)
    if (mode === 'count') return { text: await counted(jql, asking) }
    const shown = input.fields && (await readableFields(input.fields, asking))
    const fields = shown ? ['summary', ...shown.map(({ id }) => id)] : usualFields
    const { issues, nextPageToken } = await searchPage(
      { jql, fields, maxResults: input.maxResults ?? 20, nextPageToken: token },
      asking,
    )
    if (issues.length === 0 && nextPageToken === undefined)
      return { text: token === undefined ? await explainEmpty(jql, asking) : 'There are no more issues.' }
    const count = issues.length
    const rest =
      nextPageToken !== undefined
        ? `${count} shown. ${nextPage('nextPageToken', nextPageToken)}`
        : token === undefined
          ? `${count} in all.`
          : `${count} shown, and no more.`
    const lines = issues.map((issue) => issueLine(issue, shown))
    const total = mode === 'all' ? await counted(jql, asking) : ''
    return {
      text: [count > 0 ? fence(lines.join('\n'), { source: 'Jira issues found' }) : '', rest, total]
        .filter(Boolean)
        .join('\n'),
    }
  },
})

/** Jira counts from its index, which may be behind by seconds. */
async function counted(jql: string, asking: Asking): Promise<string> {
  const total = await asking.jira.count(jql, { signal: asking.signal })
  return total === 0 ? explainEmpty(jql, asking) : `About ${total} match, as Jira estimates.`
}
