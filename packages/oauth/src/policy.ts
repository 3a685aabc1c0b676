import { knownSchemes } from './clients/redirect-uri.ts'
import type { BucketRule } from './store.ts'

/** Who may register a client at `/register` (RFC 7591). */
export type RegistrationPolicy =
  | 'open'
  | 'off'
  /** Only with one of these bearer tokens, given as base64url SHA-256 hashes. */
  | { readonly initialAccessTokenHashes: readonly string[] }

/** Whose metadata documents are accepted as clients. */
export type DocumentPolicy = 'open' | 'off' | { readonly hosts: readonly string[] }

/** What an operator may decide. Times in milliseconds. */
export interface Policy {
  /** Life of an access token. 15 minutes. */
  readonly accessTokenMs: number
  /** Life of a code. 60 seconds. */
  readonly codeMs: number
  /** A refresh token ends when it has not been used for so long. 30 days. */
  readonly refreshIdleMs: number
  /** A refresh token ends after so long in any case. 365 days. */
  readonly refreshAbsoluteMs: number
  /** How long the previous refresh token gets the same successor, unless the successor's access token was used. 60 s. */
  readonly retryGraceMs: number
  /** How long it does even then, for two windows of one person. 10 s. */
  readonly overlapMs: number
  /** How long a person may look at the consent page, and then at the sign-in, and then at the choice. 10 minutes each. */
  readonly stepMs: number
  /** How long a grant that ended is kept for audit. 30 days. */
  readonly tombstoneMs: number
  /** A client that registered itself and was never used is removed after this. A day. */
  readonly unusedClientMs: number
  /** One that was used, after this without another sign-in. 90 days. */
  readonly idleClientMs: number
  /** How long a verified access token is believed without a look into the store. At most 60 s. 30 s. */
  readonly verifiedMs: number
  /** How many verified tokens, metadata documents and key sets are kept in memory, each. 10,000. */
  readonly cacheEntries: number
  /** Open authorization requests at once, in all. 100,000. */
  readonly openRequests: number
  /** Registered clients at once, in all. 100,000. */
  readonly registeredClients: number

  readonly registration: RegistrationPolicy
  /** Registrations of one address (an IPv6 /64 counts as one). 10 an hour. */
  readonly registrationPerAddress: BucketRule
  /** Registrations in all. 200, and one each 10 seconds. */
  readonly registrationInAll: BucketRule

  readonly documents: DocumentPolicy
  /** Metadata documents not seen before, by one address. 30 an hour. */
  readonly documentsPerAddress: BucketRule
  /** Hosts whose documents are shown as known, beside their name. */
  readonly knownHosts: readonly string[]
  /** Pairs of a document's host and another host that its `https` redirects may have. */
  readonly redirectHosts: Readonly<Record<string, readonly string[]>>
  /** Private-use schemes that redirects may have, beside those with a dot. */
  readonly redirectSchemes: readonly string[]
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** What holds unless an operator says otherwise. */
export const defaultPolicy: Policy = {
  accessTokenMs: 15 * minute,
  codeMs: minute,
  refreshIdleMs: 30 * day,
  refreshAbsoluteMs: 365 * day,
  retryGraceMs: minute,
  overlapMs: 10 * second,
  stepMs: 10 * minute,
  tombstoneMs: 30 * day,
  unusedClientMs: day,
  idleClientMs: 90 * day,
  verifiedMs: 30 * second,
  cacheEntries: 10_000,
  openRequests: 100_000,
  registeredClients: 100_000,
  registration: 'open',
  registrationPerAddress: { capacity: 10, everyMs: 6 * minute },
  registrationInAll: { capacity: 200, everyMs: 10 * second },
  documents: 'open',
  documentsPerAddress: { capacity: 30, everyMs: 2 * minute },
  knownHosts: ['claude.ai', 'chatgpt.com', 'vscode.dev', 'cursor.com', 'www.cursor.com'],
  redirectHosts: {},
  redirectSchemes: knownSchemes,
}
