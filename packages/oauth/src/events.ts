import type { Reason } from './errors.ts'
import type { GuardedRefusal } from './guarded-fetch.ts'
import type { RevocationReason } from './records.ts'

/** What happened, for logs, metrics and alerts. No member ever holds a token, code, state, cookie or secret. */
export type AuthEvent =
  /** A client registered itself. */
  | { readonly type: 'client_registered'; readonly clientId: string }
  /** A metadata document was fetched, or was not. */
  | {
      readonly type: 'document_fetched'
      readonly clientId: string
      readonly refusal?: GuardedRefusal | 'invalid'
    }
  /** A person signed in upstream and came back; the ratio to `client_registered` tells what goes wrong before. */
  | { readonly type: 'callback_completed'; readonly clientId: string }
  | { readonly type: 'grant_created'; readonly clientId: string; readonly grantId: string }
  | { readonly type: 'grant_revoked'; readonly grantId: string; readonly reason: RevocationReason }
  /** How a refresh ended: a new generation, or the same successor once more. */
  | {
      readonly type: 'refreshed'
      readonly clientId: string
      readonly grantId: string
      readonly outcome: 'rotated' | 'retried'
    }
  /** A request that was refused, with the exact reason, which nobody outside learns. */
  | {
      readonly type: 'refused'
      readonly endpoint: string
      readonly reason: Reason
      readonly clientId?: string
    }
  /** Somebody tried what only an attacker or a broken client does. */
  | {
      readonly type: 'security'
      readonly what: 'code_replay' | 'refresh_replay' | 'foreign_browser' | 'cross_site_form'
      readonly clientId?: string
      readonly grantId?: string
    }
  /** Something that should not fail did: the store, the sign-in, or this package. */
  | { readonly type: 'failed'; readonly where: string; readonly error: unknown }
