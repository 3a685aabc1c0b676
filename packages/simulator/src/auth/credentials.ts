import type { Ground } from '../ground.ts'
import type { Caller } from '../http/call.ts'
import type { Grant } from '../world/auth-model.ts'

/** Whose credentials came with a request. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'bearer'; readonly caller: Caller; readonly grant: Grant; readonly cloudId?: string }
  | { readonly kind: 'api-token'; readonly caller: Caller }

const invalid: Credentials = { kind: 'invalid' }

/** Reads `Authorization`. Unknown, expired and revoked are all the same `invalid`. */
export function readCredentials(ground: Ground, request: Request): Credentials {
  const header = request.headers.get('authorization')
  if (header === null) return { kind: 'none' }
  const [scheme = '', value = ''] = header.split(' ', 2)
  if (scheme.toLowerCase() === 'bearer') return readBearer(ground, value)
  return scheme.toLowerCase() === 'basic' ? readBasic(ground, value) : invalid
}

function readBearer({ world, clock }: Ground, token: string): Credentials {
  const access = world.auth.accessTokens.get(token)
  const grant = access && world.auth.grants.get(access.grantId)
  const person = grant && world.people.get(grant.accountId)
  if (!access || !grant || !person?.active) return invalid
  if (access.expiresAt <= clock.now() || grant.revokedAt !== null) return invalid
  const caller: Caller = { person, via: 'oauth', scopes: access.scopes, clientId: grant.clientId }
  return { kind: 'bearer', caller, grant, ...(access.cloudId !== undefined && { cloudId: access.cloudId }) }
}

function readBasic({ world }: Ground, encoded: string): Credentials {
  const [email = '', token = ''] = splitOnce(Buffer.from(encoded, 'base64').toString('utf8'))
  const known = world.auth.apiTokens.get(token)
  const person = known && world.people.get(known.accountId)
  if (!known || !person?.active || person.email.toLowerCase() !== email.toLowerCase()) return invalid
  const { scopes } = known
  return { kind: 'api-token', caller: { person, via: 'basic', ...(scopes && { scopes }) } }
}

function splitOnce(text: string): readonly string[] {
  const colon = text.indexOf(':')
  return colon < 0 ? [text] : [text.slice(0, colon), text.slice(colon + 1)]
}
