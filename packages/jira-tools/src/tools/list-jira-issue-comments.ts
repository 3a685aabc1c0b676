import { getComments } from '@telamon/jira/operations'
import { ContinueFrom, fence } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { nextPage } from '../next-page.ts'
import { CloudId, Cursor, IssueRef, pageSize } from '../params.ts'
import { readText } from '../rich-text.ts'
import { issueSpellings } from '../spellings.ts'
import { commentText } from '../views/comments.ts'

export const listJiraIssueComments = defineTool({
  name: 'listJiraIssueComments',
  title: 'List comments of a Jira issue',
  description: 'All comments of an issue, page by page, the newest first, with their ids.',
  tier: 'read',
  product: 'jira',
  uses: [getComments],
  accepts: { move: { ...issueSpellings, limit: 'maxResults' } },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    oldestFirst: z.boolean().optional().describe('Begins with the oldest.'),
    maxResults: pageSize(20),
    cursor: Cursor,
    responseContentFormat: z
      .enum(['markdown', 'editable', 'adf'])
      .optional()
      .describe('markdown (default) to read, editable to write back, adf as JSON.'),
    continueFrom: ContinueFrom.optional(),
  }),
  async run(input, { jira, site }, { signal }) {
    const { oldestFirst = false, maxResults = 20, cursor, responseContentFormat = 'markdown' } = input
    const key = keyOn(site, input.issueIdOrKey)
    const list = jira.comments.list(key, { newestFirst: !oldestFirst })
    const page = await list.page({ size: maxResults, signal, ...(cursor && { cursor }) })
    if (page.items.length === 0) return { text: `There are no${cursor ? ' more' : ''} comments on ${key}.` }
    const texts = page.items.map((comment) => commentText(comment, readText[responseContentFormat]))
    const more = page.cursor === undefined ? 'No more.' : nextPage('cursor', page.cursor)
    return {
      text: `${fence(texts.join('\n\n'), { source: `comments of ${key}` })}\n${texts.length} shown. ${more}`,
    }
  },
})
