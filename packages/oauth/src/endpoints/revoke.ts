import type { Client } from '../clients/client.ts'
import type { Context, Endpoint } from '../context.ts'
import { parseRefreshToken } from '../refresh-token.ts'
import { cors } from '../replies.ts'
import { sha256 } from '../tokens.ts'
import { readClientRequest } from './client-request.ts'

/**
 * `POST /revoke`: 200 for any token, also an unknown one or another client's, which stays as it is. A refresh token
 * ends the whole grant, an access token itself alone.
 *
 * @see RFC 7009
 */
export const revoke: Endpoint = async (exchange, context) => {
  const read = await readClientRequest(exchange, context, 'revoke')
  if (!read.ok) return read.response
  const token = read.form.get('token')
  if (token !== undefined) await end(token, read.client, context)
  return new Response(null, { status: 200, headers: { ...cors, 'cache-control': 'no-store' } })
}

async function end(token: string, client: Client, context: Context): Promise<void> {
  const { store, refreshKeys, accessTokens, forgetToken, endGrant } = context
  if (accessTokens.looksRight(token)) {
    const hash = sha256(token)
    if (await store.revokeAccess(hash, client.id)) forgetToken(hash)
    return
  }
  const refresh = parseRefreshToken(refreshKeys, token)
  const found = refresh && (await store.readFamily(refresh.family))
  if (found?.family.clientId === client.id) await endGrant(found.grant.id, 'client')
}
