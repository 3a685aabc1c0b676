import type { Reason } from './errors.ts'
import { isSignInError, type SignInErrorCode } from './sign-in.ts'

const reasons = {
  denied: 'denied',
  unavailable: 'upstream_unavailable',
  misconfigured: 'upstream_misconfigured',
} as const satisfies Readonly<Record<SignInErrorCode, Reason>>

/** What the client learns of a sign-in that failed. What is not a `SignInError` counts as an outage. */
export const reasonOf = (error: unknown): Reason =>
  isSignInError(error) ? reasons[error.code] : 'upstream_unavailable'
