import { getIssueWatchers } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, IssueRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'
import { listText } from '../views/list.ts'

export const listJiraIssueWatchers = defineTool({
  name: 'listJiraIssueWatchers',
  title: 'List watchers of a Jira issue',
  description: 'Who is told of changes to an issue.',
  tier: 'read',
  product: 'jira',
  uses: [getIssueWatchers],
  accepts: { move: issueSpellings },
  input: z.strictObject({ cloudId: CloudId, issueIdOrKey: IssueRef }),
  async run({ issueIdOrKey }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    const { watchers, watchCount } = await jira.watchers.list(key, { signal })
    const lines = (watchers ?? []).map(
      ({ displayName, accountId }) => `${oneLine(displayName ?? '')}: ${accountId ?? ''}`,
    )
    const none =
      watchCount > 0
        ? `${watchCount} people watch ${key}; this person may not see who.`
        : `Nobody watches ${key}.`
    return { text: listText({ lines, source: `watchers of ${key}`, none, total: watchCount }) }
  },
})
