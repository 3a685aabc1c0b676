import type { VerifiedGrant } from '@telamon/oauth/resource'
import type { Person } from '@telamon/tool-registry'

/** Who signed in, as the rest of the server knows them. No token is in it. */
export function personOf(grant: VerifiedGrant): Person {
  const { subject, label, grantId, clientId, scopes, choices } = grant
  return { subject, label, grantId, clientId, scopes, choices }
}
