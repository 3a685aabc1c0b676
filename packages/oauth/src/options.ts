import type { Limiter } from '@telamon/rate-limiter'

import type { ConfiguredClient } from './clients/client.ts'
import type { AuthEvent } from './events.ts'
import type { GrantSummary } from './grants/grants.ts'
import type { GuardedFetchOptions } from './guarded-fetch.ts'
import type { KeyRing } from './key-ring.ts'
import type { PageTexts } from './pages/texts.ts'
import type { Policy } from './policy.ts'
import type { Timestamp } from './records.ts'
import type { Scope } from './scopes.ts'
import type { SignIn } from './sign-in.ts'
import type { AuthStore } from './store.ts'
import type { Random } from './tokens.ts'

/** A resource that the server issues tokens for (RFC 8707). */
export interface ResourceSettings {
  /** Its identifier: the absolute address that clients are given, without a fragment. */
  readonly url: string
  /** What a client gets that asks for no scopes. Default: all permissions. */
  readonly defaultScopes?: readonly string[]
}

/** What the pages say of the two sides. */
export interface PageSettings {
  /** The name of this server. Default: `Telamon`. */
  readonly product?: string
  /** Where a person signs in, such as `Atlassian`. Default: `sign-in`. */
  readonly provider?: string
  /** Other words, or another language. Default: English. */
  readonly texts?: Partial<PageTexts>
}

/** One of the choices of a grant, as it is now. */
export interface ReachedChoice {
  /** Untrusted text. */
  readonly label: string
  /** Whether the connection still reaches it. One that it does not can be connected again. */
  readonly reached: boolean
}

/** What a server knows of a person's grants beside the grants themselves. */
export interface AccountDetails {
  /** By grant id. An empty list: the connection does not work, and can be made again. */
  readonly choices?: ReadonlyMap<string, readonly ReachedChoice[]>
  /** How much the person has used of what they may, such as `Calls this minute` and `12 of 60`. */
  readonly budgets?: readonly { readonly label: string; readonly value: string }[]
}

/** Tells more of a person's grants. */
export type DescribeAccount = (person: {
  readonly subject: string
  readonly grants: readonly GrantSummary[]
}) => Promise<AccountDetails>

/** What an authorization server is made of. */
export interface AuthorizationServerOptions {
  /**
   * The issuer (RFC 8414): an `https` address, or `http` on loopback, without query, fragment and trailing slash. It is
   * never taken from a request.
   */
  readonly issuer: string
  /** At least one. A client that names none gets the first. */
  readonly resources: readonly ResourceSettings[]
  readonly scopes: readonly Scope[]
  readonly store: AuthStore
  readonly signIn: SignIn
  readonly keys: KeyRing
  /**
   * How access tokens are spelt: 256 random bits (`opaque`, the default), or signed (`jwt`, RFC 9068) for resource servers
   * on other machines that cannot ask. Here each is looked up all the same, so revocation works at once.
   */
  readonly accessTokens?: 'opaque' | 'jwt'
  /** Clients entered by the operator. */
  readonly clients?: readonly ConfiguredClient[]
  /** Guards pages, `/register` and `/token` by address within this process. Default: one with `guardRules`. */
  readonly limiter?: Pick<Limiter, 'take'>
  /** Fetches client documents, in place of the guarded transport; or how that resolves names and which ports it uses. */
  readonly fetch?: GuardedFetchOptions['fetch']
  readonly lookup?: GuardedFetchOptions['lookup']
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => Timestamp
  /** Default: `crypto.getRandomValues`. */
  readonly random?: Random
  /** Is told what happens. Must not throw. */
  readonly observe?: (event: AuthEvent) => void
  readonly policy?: Partial<Policy>
  readonly pages?: PageSettings
  /** Adds to the account page what this package cannot know. What it rejects with is observed, and left out. */
  readonly describeAccount?: DescribeAccount
}
