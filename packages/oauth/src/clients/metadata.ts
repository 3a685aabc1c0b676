import * as z from 'zod'

import { refuse, type Refusal } from '../errors.ts'
import type { ClientAuthMethod, ClientMetadata, GrantType } from '../records.ts'
import { judgeRedirectUri, type RedirectPolicy } from './redirect-uri.ts'

const methods: readonly ClientAuthMethod[] = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
]
const grantTypes: readonly GrantType[] = ['authorization_code', 'refresh_token']

const text = z.string().max(2000)

/** The public members of a key (RFC 7517, 7518). Private ones are left out, whatever was sent. */
const Jwk = z.object({
  kty: z.string().max(10),
  kid: z.string().max(200).optional(),
  use: z.string().max(10).optional(),
  alg: z.string().max(20).optional(),
  crv: z.string().max(20).optional(),
  x: text.optional(),
  y: text.optional(),
  n: text.optional(),
  e: z.string().max(20).optional(),
})

/** A set of public keys. */
export const Jwks = z.object({ keys: z.array(Jwk).min(1).max(20) })

/**
 * What is read of a client's description of itself (RFC 7591 section 2). Members that are not named here are dropped:
 * `scope` (it would stand in the way of asking for more later), `application_type`, logos, policies, statements.
 */
const Description = z.object({
  client_name: z.string().max(2000).optional(),
  redirect_uris: z.array(z.string()).min(1).max(10),
  token_endpoint_auth_method: z.string().max(50).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string().max(50)).max(20).optional(),
  grant_types: z.array(z.string().max(100)).max(20).optional(),
  response_types: z.array(z.string().max(50)).max(20).optional(),
  jwks: Jwks.optional(),
  jwks_uri: z.string().max(512).optional(),
})

/** What may be made of a description. */
export interface MetadataRules extends RedirectPolicy {
  /** The methods a client of this kind may use. */
  readonly methods: readonly ClientAuthMethod[]
  /** Shown when there is no name. */
  readonly fallbackName: string
  /** Judges redirect addresses further. */
  readonly allowsRedirect?: (redirectUri: string) => boolean
}

/**
 * Reads a description, and keeps what it and we have in common: a client that also knows other grant or response types
 * is welcome. Details of a refusal name members and rules, and never repeat what was sent.
 */
export function readMetadata(
  description: unknown,
  rules: MetadataRules,
): { readonly ok: true; readonly metadata: ClientMetadata } | Refusal {
  const parsed = Description.safeParse(description)
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path[0]
    const isRedirect = path === 'redirect_uris'
    return refuse(isRedirect ? 'redirect_invalid' : 'metadata_invalid', {
      detail:
        typeof path === 'string' ? `${path} is missing or malformed.` : 'The metadata is not a JSON object.',
    })
  }
  const { data } = parsed

  for (const [index, redirectUri] of data.redirect_uris.entries()) {
    const verdict = judgeRedirectUri(redirectUri, rules)
    const reason = !verdict.ok
      ? verdict.reason
      : rules.allowsRedirect?.(redirectUri) === false
        ? 'is on another host'
        : ''
    if (reason !== '') return refuse('redirect_invalid', { detail: `redirect_uris[${index}] ${reason}.` })
  }
  if (data.response_types !== undefined && !data.response_types.includes('code'))
    return refuse('metadata_invalid', { detail: 'response_types has to hold code.' })
  const granted = grantTypes.filter((type) => data.grant_types?.includes(type) ?? true)
  if (!granted.includes('authorization_code'))
    return refuse('metadata_invalid', { detail: 'grant_types has to hold authorization_code.' })

  const wanted = [
    data.token_endpoint_auth_method ?? 'none',
    ...(data.token_endpoint_auth_methods_supported ?? []),
  ]
  const authMethod = wanted
    .map((name) => methods.find((method) => method === name))
    .find((method) => method !== undefined && rules.methods.includes(method))
  if (authMethod === undefined)
    return refuse('metadata_invalid', {
      detail: `token_endpoint_auth_method has to be one of ${rules.methods.join(', ')}.`,
    })
  const keys = authMethod === 'private_key_jwt' ? readKeys(data) : {}
  if (keys === undefined)
    return refuse('metadata_invalid', { detail: 'private_key_jwt needs jwks or jwks_uri, and not both.' })

  return {
    ok: true,
    metadata: {
      name:
        Array.from(data.client_name ?? '')
          .slice(0, 200)
          .join('') || rules.fallbackName,
      redirectUris: [...new Set(data.redirect_uris)],
      authMethod,
      grantTypes: granted,
      ...keys,
    },
  }
}

function readKeys({
  jwks,
  jwks_uri: jwksUri,
}: z.infer<typeof Description>): Pick<ClientMetadata, 'jwks' | 'jwksUri'> | undefined {
  if (jwks !== undefined) return jwksUri === undefined ? { jwks } : undefined
  if (jwksUri === undefined || URL.parse(jwksUri)?.protocol !== 'https:') return undefined
  return { jwksUri }
}
