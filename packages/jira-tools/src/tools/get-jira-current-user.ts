import { getCurrentUser } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId } from '../params.ts'
import { personText } from '../views/person.ts'

export const getJiraCurrentUser = defineTool({
  name: 'getJiraCurrentUser',
  title: 'The person who is signed in, as Jira knows them',
  description: 'Name, account id, time zone and groups of the person who is signed in.',
  tier: 'read',
  product: 'jira',
  uses: [getCurrentUser],
  input: z.strictObject({ cloudId: CloudId }),
  async run(_input, { jira }, { signal }) {
    return { text: personText(await jira.myself({ signal })) }
  },
})
