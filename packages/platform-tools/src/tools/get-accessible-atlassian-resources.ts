import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import type { AccessibleSite } from '../define.ts'

const Site = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  products: z.array(z.enum(['jira', 'confluence', 'jsm'])),
})

export const getAccessibleAtlassianResources = defineTool({
  name: 'getAccessibleAtlassianResources',
  title: 'Which sites can be reached',
  description:
    'The Atlassian sites of this connection, with the cloudId that other tools take. When there is one site, cloudId may be left out everywhere.',
  tier: 'read',
  product: 'platform',
  uses: [],
  input: z.strictObject({}),
  output: z.object({ sites: z.array(Site) }),
  async run(_input, { connection }, { signal }) {
    const sites = await connection.sites({ signal })
    if (sites.length === 0) {
      return {
        text: 'No site can be reached. The person signed in without allowing one, or lost access: they need to sign in again and choose a site.',
        data: { sites: [] },
      }
    }
    return {
      text: sites.map(line).join('\n'),
      data: {
        sites: sites.map(({ cloudId, name, url, products }) => ({
          id: cloudId,
          name: oneLine(name),
          url,
          products: [...products],
        })),
      },
    }
  },
})

const names = { jira: 'Jira', confluence: 'Confluence', jsm: 'Jira Service Management' } as const

function line({ cloudId, name, url, products }: AccessibleSite): string {
  return `- ${oneLine(name)} (${url}): cloudId ${cloudId}, ${products.map((product) => names[product]).join(', ') || 'no product'}`
}
