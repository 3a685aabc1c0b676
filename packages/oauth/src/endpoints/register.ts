import { readBoundedText } from '../bounded-body.ts'
import { readMetadata } from '../clients/metadata.ts'
import type { Context, Endpoint, Exchange } from '../context.ts'
import { refuse, type Refusal } from '../errors.ts'
import { mediaType } from '../forms.ts'
import type { ClientRecord } from '../records.ts'
import { cors, json } from '../replies.ts'
import { equalText, prefixes, randomText, sha256 } from '../tokens.ts'
import { refuseClient } from './client-request.ts'

const longest = 16 * 1024

/**
 * `POST /register`: a client describes itself and gets an id. Nothing it names is fetched now, its `scope` is ignored,
 * and what is answered is what was kept. Clients that nobody uses are removed after a day.
 *
 * @see RFC 7591 section 3
 */
export const register: Endpoint = async (exchange, context) => {
  const result = await registerClient(exchange, context)
  if ('ok' in result) return refuseClient(context, result, { endpoint: 'register' })
  const { record, secret } = result
  context.observe({ type: 'client_registered', clientId: record.id })
  return json(describe(record, secret), { status: 201, headers: cors })
}

async function registerClient(
  { request, address }: Exchange,
  context: Context,
): Promise<{ readonly record: ClientRecord; readonly secret?: string } | Refusal> {
  const { guard, policy, store, random, now } = context
  const limited = guard('register', address)
  if (limited !== undefined) return limited
  if (!mayRegister(request, context)) return refuse('registration_token')
  if (mediaType(request) !== 'application/json') return refuse('content_type_json')
  const body = await readBoundedText(request.body, longest)
  if (!body.ok) return refuse(body.reason === 'too_large' ? 'body_too_large' : 'metadata_invalid')
  const read = readMetadata(parse(body.text), {
    schemes: policy.redirectSchemes,
    methods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    fallbackName: 'Unnamed client',
  })
  if (!read.ok) return read
  for (const [bucket, rule] of [
    [`register:${address}`, policy.registrationPerAddress],
    ['register', policy.registrationInAll],
  ] as const) {
    const verdict = await store.takeToken(bucket, rule, now())
    if (!verdict.ok) return refuse('rate_limited', { retryAfterMs: verdict.retryAfterMs })
  }

  const { metadata } = read
  const secret = metadata.authMethod.startsWith('client_secret')
    ? `${prefixes.secret}${randomText(random, 32)}`
    : undefined
  const record: ClientRecord = {
    id: `${prefixes.client}${randomText(random, 16)}`,
    metadata,
    createdAt: now(),
    expiresAt: now() + policy.unusedClientMs,
    ...(secret !== undefined && { secretHash: sha256(secret) }),
  }
  const kept = await store.putClient(record, { limit: policy.registeredClients, now: now() })
  if (!kept) return refuse('busy')
  return { record, ...(secret !== undefined && { secret }) }
}

function mayRegister(request: Request, { policy }: Context): boolean {
  const { registration } = policy
  if (typeof registration === 'string') return registration === 'open'
  const token = /^bearer +(?<token>\S{1,512})$/i.exec(request.headers.get('authorization') ?? '')?.groups?.[
    'token'
  ]
  if (token === undefined) return false
  const hash = sha256(token)
  return registration.initialAccessTokenHashes.some((known) => equalText(known, hash))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the schema refuses `undefined` with the right words.
    return undefined
  }
}

const describe = (
  { id, createdAt, metadata }: ClientRecord,
  secret: string | undefined,
): Readonly<Record<string, unknown>> => ({
  client_id: id,
  client_id_issued_at: Math.floor(createdAt / 1000),
  ...(secret !== undefined && { client_secret: secret, client_secret_expires_at: 0 }),
  client_name: metadata.name,
  redirect_uris: metadata.redirectUris,
  grant_types: metadata.grantTypes,
  response_types: ['code'],
  token_endpoint_auth_method: metadata.authMethod,
  ...(metadata.jwks && { jwks: metadata.jwks }),
  ...(metadata.jwksUri !== undefined && { jwks_uri: metadata.jwksUri }),
})
