import { getUser } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { personNamed, personOperations } from '../names/people.ts'
import { CloudId, PersonRef } from '../params.ts'
import { personText } from '../views/person.ts'

export const getJiraUser = defineTool({
  name: 'getJiraUser',
  title: 'A person, as Jira knows them',
  description: 'Name, account id, time zone and state of a person.',
  tier: 'read',
  product: 'jira',
  uses: [getUser, ...personOperations],
  accepts: { move: { accountId: 'person', account_id: 'person', user_identifier: 'person' } },
  input: z.strictObject({ cloudId: CloudId, person: PersonRef }),
  async run({ person }, { jira }, { signal }) {
    const { accountId } = await personNamed(person, { jira, signal })
    return { text: personText(await jira.users.get(accountId, { signal })) }
  },
})
