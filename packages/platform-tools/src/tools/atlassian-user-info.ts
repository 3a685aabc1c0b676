import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'

export const atlassianUserInfo = defineTool({
  name: 'atlassianUserInfo',
  title: 'Who is signed in',
  description:
    'The Atlassian account behind this connection: account id, name, time zone. Use the account id where a tool asks for one and the person says "me".',
  tier: 'read',
  product: 'platform',
  uses: [],
  input: z.strictObject({}),
  output: z.object({
    accountId: z.string(),
    name: z.string(),
    email: z.string().optional(),
    timeZone: z.string().optional(),
    locale: z.string().optional(),
  }),
  async run(_input, { connection }, { signal }) {
    const account = await connection.account({ signal })
    const name = oneLine(account.name)
    const details = [
      `account id ${account.accountId}`,
      account.email && `e-mail ${account.email}`,
      account.timeZone && `time zone ${account.timeZone}`,
      account.locale && `language ${account.locale}`,
    ]
    return { text: `${name}: ${details.filter(Boolean).join(', ')}`, data: { ...account, name } }
  },
})
