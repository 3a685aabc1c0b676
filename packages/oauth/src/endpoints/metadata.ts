import { assertionAlgorithms } from '../clients/assertion.ts'
import type { Context, Endpoint } from '../context.ts'
import { cors, json } from '../replies.ts'

const methods = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt']
const headers = { ...cors, 'cache-control': 'max-age=300' }

/** `GET /.well-known/oauth-authorization-server`. @see RFC 8414 section 3 */
export const serverMetadata: Endpoint = async (_, context) => json(document(context), { headers })

/**
 * `GET /.well-known/openid-configuration`: the same for clients that look only there, with the members without which
 * they cannot read it (OpenID Connect Discovery section 3). This is no OpenID provider, and issues no ID tokens.
 */
export const openidMetadata: Endpoint = async (_, context) =>
  json(
    {
      ...document(context),
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    },
    { headers },
  )

/** `GET /jwks`: the public keys of access tokens, and none where those are opaque. @see RFC 7517 section 5 */
export const jwks: Endpoint = async (_, { accessTokens }) =>
  json({ keys: accessTokens.publicKeys() }, { headers })

function document(context: Context): Readonly<Record<string, unknown>> {
  const { issuer, endpoint, scopes, policy, resources, introspection } = context
  return {
    issuer,
    authorization_endpoint: endpoint('authorize'),
    token_endpoint: endpoint('token'),
    ...(policy.registration !== 'off' && { registration_endpoint: endpoint('register') }),
    revocation_endpoint: endpoint('revoke'),
    jwks_uri: endpoint('jwks'),
    scopes_supported: scopes.all.map(({ name }) => name),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      ...(context.clientCredentials ? ['client_credentials'] : []),
    ],
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    revocation_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    ...(introspection && {
      introspection_endpoint: endpoint('introspect'),
      introspection_endpoint_auth_methods_supported: methods.slice(1),
      introspection_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    }),
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    ...(policy.documents !== 'off' && { client_id_metadata_document_supported: true }),
    protected_resources: resources.map(({ url }) => url),
  }
}
