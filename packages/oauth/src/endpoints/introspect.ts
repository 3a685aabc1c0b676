import type { Endpoint } from '../context.ts'
import { refuse } from '../errors.ts'
import { json } from '../replies.ts'
import { sha256 } from '../tokens.ts'
import { readClientRequest, refuseClient } from './client-request.ts'

const inactive = { active: false }

/**
 * `POST /introspect`: tells a resource server that the operator entered about access tokens for its own resources.
 * Everyone else is refused; what is unknown, ended or for another resource looks the same.
 *
 * @see RFC 7662
 */
export const introspect: Endpoint = async (exchange, context) => {
  const read = await readClientRequest(exchange, context, 'introspect')
  if (!read.ok) return withoutCors(read.response)
  const { client, form } = read
  if (client.metadata.authMethod === 'none' || client.introspects.length === 0)
    return withoutCors(
      refuseClient(context, refuse('client_method'), { endpoint: 'introspect', clientId: client.id }),
    )
  const token = form.get('token')
  if (token === undefined || !context.accessTokens.looksRight(token)) return json(inactive)
  const found = await context.store.readAccess(sha256(token), context.now())
  if (found === undefined || !client.introspects.includes(found.grant.resource)) return json(inactive)
  const { access, grant } = found
  return json({
    active: true,
    iss: context.issuer,
    client_id: grant.clientId,
    sub: grant.subject,
    username: grant.label,
    aud: grant.resource,
    scope: access.scopes.join(' '),
    token_type: 'Bearer',
    exp: Math.floor(access.expiresAt / 1000),
    grant_id: grant.id,
    choices: grant.choices,
  })
}

/** No browser has business here. */
function withoutCors(response: Response): Response {
  response.headers.delete('access-control-allow-origin')
  response.headers.delete('access-control-expose-headers')
  return response
}
