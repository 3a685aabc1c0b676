import type { Client } from '../clients/client.ts'
import type { Context, Endpoint } from '../context.ts'
import { refuse } from '../errors.ts'
import type { Parameters } from '../forms.ts'
import { redeemCode } from '../grants/authorization-code.ts'
import { serveClient } from '../grants/client-credentials.ts'
import { refreshTokens } from '../grants/refresh-token.ts'
import type { TokenAnswer } from '../grants/token-answer.ts'
import type { GrantType } from '../records.ts'
import { cors, json } from '../replies.ts'
import { readClientRequest, refuseClient } from './client-request.ts'

type Redeem = (context: Context, client: Client, form: Parameters) => Promise<TokenAnswer>

const grants: ReadonlyMap<string, { readonly type: GrantType; readonly redeem: Redeem }> = new Map([
  ['authorization_code', { type: 'authorization_code', redeem: redeemCode }],
  ['refresh_token', { type: 'refresh_token', redeem: refreshTokens }],
  ['client_credentials', { type: 'client_credentials', redeem: serveClient }],
])

/** `POST /token`: a code, a refresh token or the client's own name for an access token. @see OAuth 2.1 section 3.2 */
export const token: Endpoint = async (exchange, context) => {
  const read = await readClientRequest(exchange, context, 'token')
  if (!read.ok) return read.response
  const answer = await redeem(context, read.client, read.form)
  if (answer.ok) return json(answer.body, { headers: { ...cors, pragma: 'no-cache' } })
  return refuseClient(context, answer, { endpoint: 'token', clientId: read.client.id })
}

async function redeem(context: Context, client: Client, form: Parameters): Promise<TokenAnswer> {
  const name = form.get('grant_type')
  if (name === undefined) return refuse('parameter_missing')
  const grant = grants.get(name)
  if (grant === undefined || (grant.type === 'client_credentials' && !context.clientCredentials))
    return refuse('grant_type_unsupported')
  if (!client.metadata.grantTypes.includes(grant.type)) return refuse('grant_type_foreign')
  return grant.redeem(context, client, form)
}
