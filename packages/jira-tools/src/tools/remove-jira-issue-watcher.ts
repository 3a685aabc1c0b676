import { removeWatcher } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { personNamed, personOperations } from '../names/people.ts'
import { CloudId, IssueRef, PersonRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'

export const removeJiraIssueWatcher = defineTool({
  name: 'removeJiraIssueWatcher',
  title: 'Let somebody watch a Jira issue no longer',
  description: 'Takes a person from the watchers of an issue.',
  tier: 'write',
  product: 'jira',
  idempotent: true,
  uses: [removeWatcher, ...personOperations],
  reversible: [removeWatcher],
  accepts: {
    move: { ...issueSpellings, accountId: 'person', account_id: 'person', username: 'person' },
  },
  input: z.strictObject({ cloudId: CloudId, issueIdOrKey: IssueRef, person: PersonRef }),
  output: z.object({ key: z.string(), accountId: z.string() }),
  async run({ issueIdOrKey, person }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    const { accountId, name = accountId } = await personNamed(person, { jira, signal })
    await jira.watchers.remove(key, accountId, { signal })
    return { text: `${name} no longer watches ${key}.`, data: { key, accountId } }
  },
})
