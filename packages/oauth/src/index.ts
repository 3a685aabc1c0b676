export type {
  AccessRecord,
  AuthorizationRequest,
  Choice,
  CimdRecord,
  ClientAuthMethod,
  ClientMetadata,
  ClientOrigin,
  ClientRecord,
  CodeRecord,
  FamilyRecord,
  GrantRecord,
  GrantType,
  LoginRecord,
  PendingRecord,
  RevocationReason,
  SignedIn,
  Timestamp,
  TxRecord,
} from './records.ts'
export { isSignInError, SignInError } from './sign-in.ts'
export type { LoginReturn, LoginStart, SignIn, SignInErrorCode } from './sign-in.ts'
export { sweepKinds } from './store.ts'
export type { AuthStore, BucketRule, BucketVerdict, Revocation, Rotation, SweepKind } from './store.ts'
export { createMemoryAuthStore } from './memory-store.ts'
