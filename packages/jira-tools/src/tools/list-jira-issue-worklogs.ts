import { getIssueWorklog } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, Cursor, IssueRef, pageSize } from '../params.ts'
import { readText } from '../rich-text.ts'
import { issueSpellings } from '../spellings.ts'
import { listText } from '../views/list.ts'
import { momentText } from '../views/value.ts'

export const listJiraIssueWorklogs = defineTool({
  name: 'listJiraIssueWorklogs',
  title: 'List time booked on a Jira issue',
  description: 'Who spent how much time on an issue, when, and on what, with the ids of the worklogs.',
  tier: 'read',
  product: 'jira',
  uses: [getIssueWorklog],
  accepts: { move: { ...issueSpellings, limit: 'maxResults' } },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    maxResults: pageSize(50),
    cursor: Cursor,
  }),
  async run({ issueIdOrKey, maxResults = 50, cursor }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    const page = await jira.worklogs.list(key).page({ size: maxResults, signal, ...(cursor && { cursor }) })
    const lines = page.items.map(({ id, author, timeSpent, started, comment }) => {
      const text = comment ? `: ${oneLine(readText.markdown(comment))}` : ''
      return `${oneLine(author?.displayName ?? 'Somebody')} ${timeSpent ?? ''}, ${momentText(started)} (worklog ${id})${text}`
    })
    return {
      text: listText({
        lines,
        source: `worklogs of ${key}`,
        none: `No time is booked on ${key}.`,
        cursor: page.cursor,
      }),
    }
  },
})
