import type { AccessTokens } from './access-tokens.ts'
import type { AccountSession } from './account-session.ts'
import type { BrowserBinding } from './browser.ts'
import type { Authenticate } from './clients/authentication.ts'
import type { FindClient } from './clients/find.ts'
import type { Refusal } from './errors.ts'
import type { AuthEvent } from './events.ts'
import type { GrantedBefore } from './granted-before.ts'
import type { Guarded } from './guard.ts'
import type { FormTarget } from './headers.ts'
import type { DerivedKeys } from './key-ring.ts'
import type { DescribeAccount, ResourceSettings } from './options.ts'
import type { Html } from './pages/html.ts'
import type { PageError, PageTexts } from './pages/texts.ts'
import type { Policy } from './policy.ts'
import type { RevocationReason, Timestamp } from './records.ts'
import type { ScopeAlgebra } from './scopes.ts'
import type { SignIn } from './sign-in.ts'
import type { AuthStore } from './store.ts'
import type { Random } from './tokens.ts'

/** The addresses of the endpoints. */
export type EndpointName =
  | 'authorize'
  | 'consent'
  | 'callback'
  | 'sites'
  | 'account'
  | 'token'
  | 'register'
  | 'revoke'
  | 'introspect'
  | 'jwks'

/** What every endpoint is given: the server's settings, with defaults filled in, and what is made of them. */
export interface Context {
  readonly issuer: string
  readonly endpoint: (name: EndpointName) => string
  readonly resources: readonly ResourceSettings[]
  readonly scopes: ScopeAlgebra
  readonly store: AuthStore
  readonly signIn: SignIn
  readonly refreshKeys: DerivedKeys
  readonly accessTokens: AccessTokens
  readonly policy: Policy
  readonly now: () => Timestamp
  readonly random: Random
  readonly observe: (event: AuthEvent) => void
  /** Whether a resource server may introspect. */
  readonly introspection: boolean
  /** Whether a client may ask for tokens in its own name. */
  readonly clientCredentials: boolean
  readonly binding: BrowserBinding
  readonly grantedBefore: GrantedBefore
  readonly account: AccountSession
  readonly describeAccount: DescribeAccount
  readonly findClient: FindClient
  readonly authenticate: Authenticate
  readonly guard: (what: Guarded, who: string) => Refusal | undefined
  readonly endGrant: (id: string, reason: RevocationReason) => Promise<boolean>
  readonly supersede: (old: string, by: string) => Promise<void>
  /** Drops a token from this process's memory of verified ones. */
  readonly forgetToken: (hash: string) => void
  readonly pages: {
    readonly product: string
    readonly provider: string
    readonly texts: PageTexts
    readonly show: (page: {
      readonly title: string
      readonly body: Html
      readonly form: FormTarget
      readonly status?: number
      readonly cookies?: readonly string[]
    }) => Response
    readonly error: (error: PageError, more?: { readonly retryAfterMs?: number }) => Response
  }
}

/** One request on its way through an endpoint. */
export interface Exchange {
  readonly request: Request
  readonly url: URL
  /** What limits count by: the peer's address, or its /64. */
  readonly address: string
}

/** An endpoint. */
export type Endpoint = (exchange: Exchange, context: Context) => Promise<Response>
