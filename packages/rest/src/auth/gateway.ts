import type { Product } from '../operation.ts'
import { parseBase, parseCloudId, trimmed } from '../origin.ts'

/** Where the gateway stands unless an option says otherwise. */
export const atlassianGateway = 'https://api.atlassian.com'

/** The two addresses of a site behind the gateway. */
export function gatewayBase(gateway: string, cloudId: string): (product: Product) => string {
  const root = trimmed(parseBase(gateway, 'gateway'))
  const id = parseCloudId(cloudId)
  const bases = { jira: `${root}/ex/jira/${id}`, confluence: `${root}/ex/confluence/${id}` }
  return (product) => bases[product]
}
