import { addWatcher, getCurrentUser, removeWatcher } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, IssueRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'

export const watchJiraIssue = defineTool({
  name: 'watchJiraIssue',
  title: 'Watch a Jira issue, or stop watching it',
  description: 'Makes the person who is signed in a watcher of an issue; with watch false, no longer.',
  tier: 'write',
  product: 'jira',
  idempotent: true,
  uses: [addWatcher, removeWatcher, getCurrentUser],
  reversible: [removeWatcher],
  accepts: { move: issueSpellings },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    watch: z.boolean().optional().describe('false to stop. true by default.'),
  }),
  async run({ issueIdOrKey, watch = true }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    const { accountId } = await jira.myself({ signal })
    if (watch) await jira.watchers.add(key, accountId, { signal })
    else await jira.watchers.remove(key, accountId, { signal })
    return { text: watch ? `You watch ${key} now.` : `You no longer watch ${key}.` }
  },
})
