import type { OperationSpec, Product } from '../operation.ts'

/** What a strategy is told about the attempt it signs. */
export interface AuthContext {
  readonly product: Product
  readonly operation: OperationSpec
  /** Counts from 1. */
  readonly attempt: number
  /** Ends with the attempt. */
  readonly signal: AbortSignal
}

/** What a strategy is told about an attempt that was answered by 401. */
export interface RefusedContext extends AuthContext {
  /** What `headers` gave for the attempt. */
  readonly sent: Readonly<Record<string, string>>
}

/** Credentials as a value: where they are good, and the header fields that carry them. Write your own where ours do not fit. */
export interface AuthStrategy {
  readonly kind: 'basic' | 'scoped-token' | 'oauth' | 'service-account' | 'data-center-pat' | (string & {})
  /** Names the site for the limiter and in events: a cloud id or a host. */
  readonly tenant: string
  /** The address that the paths of a product's records are appended to. Credentials go to its origin and nowhere else. */
  readonly baseUrl: (product: Product) => string
  /** Asked before each attempt, and set after all other header fields. */
  readonly headers: (
    context: AuthContext,
  ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  /** Asked once a call after a 401 that is no refusal of scope. True: there are new credentials, send it once more. */
  readonly onUnauthorized?: (context: RefusedContext) => boolean | Promise<boolean>
}
