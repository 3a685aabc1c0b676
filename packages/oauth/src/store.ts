import type {
  AccessRecord,
  CimdRecord,
  ClientRecord,
  CodeRecord,
  FamilyRecord,
  GrantRecord,
  LoginRecord,
  PendingRecord,
  RevocationReason,
  Timestamp,
  TxRecord,
} from './records.ts'

/** A token bucket: `capacity` at once, and one more each `everyMs`. */
export interface BucketRule {
  readonly capacity: number
  /** Milliseconds in which one token comes back. */
  readonly everyMs: number
}

/** Whether a bucket gave a token, and if not, when it will. */
export type BucketVerdict = { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number }

/** What `sweep` removes, a kind at a time. */
export const sweepKinds = [
  'tx',
  'login',
  'pending',
  'code',
  'access',
  'family',
  'grant',
  'client',
  'cimd',
  'jti',
  'bucket',
] as const

/** One of {@link sweepKinds}. */
export type SweepKind = (typeof sweepKinds)[number]

/** How a grant ends. */
export interface Revocation {
  readonly reason: RevocationReason
  readonly now: Timestamp
  /** The tombstone stays until here, for audit. */
  readonly keepUntil: Timestamp
}

/** What `rotateFamily` compares and sets. */
export interface Rotation {
  readonly id: string
  readonly clientId: string
  /** The generation of the token that was presented. */
  readonly generation: number
  readonly now: Timestamp
  /** Sliding expiry; the engine caps it at the family's `absoluteExpiresAt`. */
  readonly expiresAt: Timestamp
  /** The newest key, which derives the successor. */
  readonly kid: string
  /** Inserted in the same transaction if the rotation wins. */
  readonly access: AccessRecord
}

/**
 * What the authorization server keeps. Each operation is one statement, transaction or script: an engine may not
 * split it, and none reads the clock (`now` is an argument, in milliseconds since 1970). "Expired" means
 * `expiresAt <= now`. Records are plain JSON data; hashes are base64url SHA-256.
 *
 * *CAS*: of any number of callers at once, in any number of processes, at most one gets the winning answer.
 * *Transaction*: all or nothing.
 *
 * Every engine runs `describeAuthStore` from `@telamon/oauth/testing`.
 */
export interface AuthStore {
  /** Keeps a transaction. False, and nothing kept, when `limit` unexpired ones are there already. */
  readonly putTx: (
    tx: TxRecord,
    options: { readonly limit: number; readonly now: Timestamp },
  ) => Promise<boolean>
  /** The transaction, unless it is unknown, expired, dropped or turned into a grant. */
  readonly getTx: (id: string, now: Timestamp) => Promise<TxRecord | undefined>
  /** CAS. Ends a transaction: true once. */
  readonly dropTx: (id: string) => Promise<boolean>

  /** Keeps an approval under `stateHash`. */
  readonly putLogin: (login: LoginRecord) => Promise<void>
  /** CAS. Takes an approval out, whatever its age; hands it over once, and only if it has not expired. */
  readonly takeState: (stateHash: string, now: Timestamp) => Promise<LoginRecord | undefined>

  /** Keeps a sign-in whose choice is open. */
  readonly putPending: (pending: PendingRecord) => Promise<void>
  /** Reads it, to show the choice. Nothing for an expired one. */
  readonly getPending: (id: string, now: Timestamp) => Promise<PendingRecord | undefined>
  /** CAS. Takes it out, once, for the browser it belongs to. Another browser's hash gets nothing and changes nothing. */
  readonly takePending: (
    id: string,
    browserHash: string,
    now: Timestamp,
  ) => Promise<PendingRecord | undefined>

  /**
   * Announces a grant before the person's connection is written elsewhere under its id, so that a crash between the
   * two leaves a trace: after `expiresAt` the id shows up in `unforgottenGrants`.
   */
  readonly reserveGrant: (id: string, expiresAt: Timestamp) => Promise<void>
  /**
   * Transaction and CAS. Turns reservation and transaction into grant and code, and removes both. False, and nothing
   * changed, when `txId` is gone (or expired) or the reservation is.
   */
  readonly createGrant: (input: {
    readonly grant: GrantRecord
    readonly code: CodeRecord
    readonly txId: string
    readonly now: Timestamp
  }) => Promise<boolean>
  /** A grant, also when it has been revoked. Nothing for a mere reservation. */
  readonly getGrant: (id: string) => Promise<GrantRecord | undefined>
  /** A person's live grants (neither revoked nor lapsed at `now`), newest first, at most 1,000. */
  readonly listGrants: (subject: string, now: Timestamp) => Promise<readonly GrantRecord[]>
  /**
   * Transaction and CAS. True the first time: marks the grant and its family revoked, removes its access tokens and
   * unredeemed codes, and leaves a tombstone that `unforgottenGrants` reports. False for an unknown or revoked grant.
   */
  readonly revokeGrant: (id: string, revocation: Revocation) => Promise<boolean>
  /** Transaction and CAS. `revokeGrant(old)` with the reason `superseded`, and `supersededBy` set to `by`. */
  readonly supersede: (
    old: string,
    by: string,
    when: { readonly now: Timestamp; readonly keepUntil: Timestamp },
  ) => Promise<boolean>
  /** Ids of grants that are not revoked and whose `expiresAt` lies at or before `before`, oldest first. */
  readonly lapsedGrants: (before: Timestamp, limit: number) => Promise<readonly string[]>
  /** Revoked grants not yet `markForgotten`, and reservations expired at `now` (reason `abandoned`). */
  readonly unforgottenGrants: (
    now: Timestamp,
    limit: number,
  ) => Promise<readonly { readonly id: string; readonly reason: RevocationReason }[]>
  /** Says that the person's connection is gone elsewhere too. Removes an expired reservation. Idempotent. */
  readonly markForgotten: (id: string) => Promise<void>
  /**
   * Brings the `keepUntil` of a person's tombstones forward to `now`, so that sweeps remove them as soon as they are
   * forgotten. Live grants stay as they are. May take long: it is for requests of people, not of programs.
   */
  readonly forgetSubject: (subject: string, now: Timestamp) => Promise<void>

  /** A code, also when it has been consumed or has expired. */
  readonly readCode: (hash: string) => Promise<CodeRecord | undefined>
  /**
   * CAS and transaction. True once, for a code that is neither consumed nor expired and whose grant is not revoked:
   * marks it consumed, inserts family and access token, and sets the grant's `expiresAt` to that of the family, or of
   * the access token when there is no family. False changes nothing.
   */
  readonly consumeCode: (input: {
    readonly hash: string
    readonly now: Timestamp
    readonly family?: FamilyRecord
    readonly access: AccessRecord
  }) => Promise<boolean>

  /** A family and its grant, also when revoked or expired. */
  readonly readFamily: (
    id: string,
  ) => Promise<{ readonly family: FamilyRecord; readonly grant: GrantRecord } | undefined>
  /**
   * CAS and transaction. If `id`, `clientId` and `generation` are current, the family is not revoked and has not
   * expired: generation + 1, `kid`, `rotatedAt = now`, `used = false`, `expiresAt` capped at `absoluteExpiresAt`; the
   * grant's `expiresAt` follows and its `lastUsedAt` becomes `now`; `access` is inserted. Gives the new family, or
   * nothing when another call was first, in which case nothing changed.
   */
  readonly rotateFamily: (rotation: Rotation) => Promise<FamilyRecord | undefined>
  /** Each key that a family needs which is neither revoked nor expired at `now`, once. */
  readonly keysInUse: (now: Timestamp) => Promise<readonly string[]>
  /** CAS. Sets `used` while `generation` is the newest, and the grant's `lastUsedAt`. Otherwise changes nothing. */
  readonly markUsed: (id: string, generation: number, now: Timestamp) => Promise<void>

  /** Keeps one more access token, for an honest retry. */
  readonly putAccess: (access: AccessRecord) => Promise<void>
  /** An access token with its grant. Nothing when it is unknown or expired, or its grant revoked. */
  readonly readAccess: (
    hash: string,
    now: Timestamp,
  ) => Promise<{ readonly access: AccessRecord; readonly grant: GrantRecord } | undefined>
  /** CAS. Removes an access token of this client. Another client's stays; true if one went. */
  readonly revokeAccess: (hash: string, clientId: string) => Promise<boolean>

  /** Keeps a registered client. False, and nothing kept, when `limit` unexpired ones are there already. */
  readonly putClient: (
    client: ClientRecord,
    options: { readonly limit: number; readonly now: Timestamp },
  ) => Promise<boolean>
  /** A registered client that has not expired. */
  readonly getClient: (id: string, now: Timestamp) => Promise<ClientRecord | undefined>
  /** Sets `lastUsedAt` and `expiresAt` of a client that is there. */
  readonly touchClient: (
    id: string,
    use: { readonly now: Timestamp; readonly expiresAt: Timestamp },
  ) => Promise<void>

  /** Keeps a metadata document, in place of an older one of the same address. */
  readonly putCimd: (document: CimdRecord) => Promise<void>
  /** A metadata document that has not expired. */
  readonly getCimd: (url: string, now: Timestamp) => Promise<CimdRecord | undefined>

  /** CAS. True the first time this client shows this assertion id, until `expiresAt`. */
  readonly rememberJti: (jti: {
    readonly clientId: string
    /** SHA-256 of the assertion's `jti`. */
    readonly hash: string
    readonly expiresAt: Timestamp
    readonly now: Timestamp
  }) => Promise<boolean>

  /**
   * CAS. Takes one token from a bucket, which starts full. Arithmetic: with `next` = the kept number or `now` if that
   * is later, it gives one if `next + everyMs - now <= capacity * everyMs`, and then keeps `next + everyMs`;
   * otherwise `retryAfterMs = next + everyMs - now - capacity * everyMs`.
   */
  readonly takeToken: (bucket: string, rule: BucketRule, now: Timestamp) => Promise<BucketVerdict>

  /**
   * Removes at most `limit` rows of a kind that have ended, and says how many. By kind: rows expired at `now`; for
   * `family` those expired; for `grant` tombstones that are forgotten and whose `keepUntil <= now`; for `bucket` those
   * that are full again (the kept number is at most `now`).
   */
  readonly sweep: (kind: SweepKind, now: Timestamp, limit: number) => Promise<number>
}
