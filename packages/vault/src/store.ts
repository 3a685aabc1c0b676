/** A connection that works: its tokens are in `blob`, sealed for this grant and this generation. */
export interface LiveVault {
  readonly state: 'live'
  readonly grantId: string
  /** Sealed tokens. An engine keeps it and never looks inside. */
  readonly blob: string
  /** Which key sealed `blob`. */
  readonly kid: string
  /** 1 after the sign-in, one more with each refresh. Everything that changes tokens is fenced by it. */
  readonly generation: number
  /** When the access token ends, in milliseconds since 1970. */
  readonly accessExpiresAt: number
  /** When the upstream wants a new consent whatever happens, in milliseconds since 1970. */
  readonly absoluteExpiresAt: number
  /** In milliseconds since 1970. */
  readonly createdAt: number
  /** Who is refreshing, and until when that counts. A lapsed lease is still reported. */
  readonly lease?: { readonly owner: string; readonly until: number }
  /** When the refresh that has not ended yet was first begun, in milliseconds since 1970. */
  readonly attemptSince?: number
}

/** A connection that the upstream has ended. Its tokens are gone; the row stays until the grant is forgotten. */
export interface DeadVault {
  readonly state: 'dead'
  readonly grantId: string
  readonly generation: number
  readonly createdAt: number
  /** In milliseconds since 1970. */
  readonly deadSince: number
  readonly reason: string
}

/** One row of the vault: what is known of one grant's connection. */
export type VaultRow = LiveVault | DeadVault

/** What a sign-in writes. Generation 1, no lease. */
export type NewVault = Pick<
  LiveVault,
  'grantId' | 'blob' | 'kid' | 'accessExpiresAt' | 'absoluteExpiresAt' | 'createdAt'
>

/** Names one attempt at a refresh. Whoever presents an older generation or another owner changes nothing. */
export interface Fence {
  readonly grantId: string
  readonly generation: number
  readonly owner: string
}

/** Asks for the lease of a refresh. Times in milliseconds since 1970. */
export interface RefreshClaim extends Fence {
  readonly now: number
  readonly until: number
}

/** Ends a refresh well: the tokens of `generation + 1`. */
export interface RefreshCommit extends Fence {
  readonly blob: string
  readonly kid: string
  readonly accessExpiresAt: number
}

/** Ends a refresh for good: the upstream will never answer this refresh token again. */
export interface Death extends Fence {
  readonly reason: string
  readonly now: number
}

/** Replaces a blob by the same tokens under another key. */
export interface Rekeying {
  readonly grantId: string
  readonly generation: number
  readonly oldKid: string
  readonly blob: string
  readonly newKid: string
  readonly now: number
}

/** A position in the list of all rows. */
export interface VaultPage {
  /** Grant ids after this one, in code point order. Absent: from the start. */
  readonly after?: string
  readonly limit: number
}

/**
 * Where connections are kept. Each operation that changes a row is one compare-and-set: a single statement,
 * transaction or script that the engine may not split. A committed `commitRefresh` has to survive a loss of power.
 * `now` always comes from the caller. Engines prove themselves with `describeVaultStore` of `@telamon/vault/testing`.
 */
export interface VaultStore {
  /** Adds a row with generation 1. False, and nothing changed, when the grant has one. */
  readonly putVault: (row: NewVault) => Promise<boolean>
  readonly getVault: (grantId: string) => Promise<VaultRow | undefined>
  /**
   * Takes the lease and hands out the blob, if the row is live and of this generation, and an earlier lease ended
   * before `now`. Sets `attemptSince` to `now` unless an earlier attempt has set it.
   */
  readonly claimRefresh: (claim: RefreshClaim) => Promise<string | undefined>
  /** If generation and owner fit: stores the new tokens, raises the generation, clears lease and attempt. */
  readonly commitRefresh: (commit: RefreshCommit) => Promise<boolean>
  /** If generation and owner fit: gives the lease back. Keeps `attemptSince`. */
  readonly releaseRefresh: (fence: Fence) => Promise<boolean>
  /** If generation and owner fit: ends the connection and erases its blob. */
  readonly markDead: (death: Death) => Promise<boolean>
  /** If generation and old key fit, and no lease is held at `now`: stores the blob under the new key. */
  readonly rekeyVault: (rekeying: Rekeying) => Promise<boolean>
  /** Live rows whose refresh was begun and not ended, and whose lease, if any, ended before `now`. */
  readonly staleRefreshes: (
    now: number,
    limit: number,
  ) => Promise<readonly Pick<LiveVault, 'grantId' | 'generation'>[]>
  /** Rows in the order of their grant ids, live and dead. */
  readonly listVaults: (page: VaultPage) => Promise<readonly VaultRow[]>
  /** Each key that a live row needs, once. */
  readonly keysInUse: () => Promise<readonly string[]>
  /** Removes the row, lease or not. True when there was one. */
  readonly dropVault: (grantId: string) => Promise<boolean>
}
