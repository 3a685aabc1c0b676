import { addWatcher } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { personNamed, personOperations } from '../names/people.ts'
import { CloudId, IssueRef, PersonRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'

export const addJiraIssueWatcher = defineTool({
  name: 'addJiraIssueWatcher',
  title: 'Let somebody watch a Jira issue',
  description: 'Makes a person a watcher of an issue, who is told of its changes from then on.',
  tier: 'write',
  product: 'jira',
  idempotent: true,
  uses: [addWatcher, ...personOperations],
  accepts: { move: { ...issueSpellings, accountId: 'person', user_identifier: 'person' } },
  input: z.strictObject({ cloudId: CloudId, issueIdOrKey: IssueRef, person: PersonRef }),
  output: z.object({ key: z.string(), accountId: z.string() }),
  async run({ issueIdOrKey, person }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    const { accountId, name = accountId } = await personNamed(person, { jira, signal })
    await jira.watchers.add(key, accountId, { signal })
    return { text: `${name} watches ${key} now.`, data: { key, accountId } }
  },
})
