export { createAuthorizationServer } from './authorization-server.ts'
export type { AuthorizationServer, Peer } from './authorization-server.ts'
export { writeChallenge } from './challenge.ts'
export type { Challenge } from './challenge.ts'
export type { ConfiguredClient, ServiceRights } from './clients/client.ts'
export { knownSchemes } from './clients/redirect-uri.ts'
export type { Reason } from './errors.ts'
export type { AuthEvent } from './events.ts'
export type { Grants, GrantSummary } from './grants/grants.ts'
export { guardRules } from './guard.ts'
export type { Guarded } from './guard.ts'
export { createGuardedFetch } from './guarded-fetch.ts'
export type {
  GuardedAnswer,
  GuardedDocument,
  GuardedFetch,
  GuardedFetchOptions,
  GuardedLimits,
  GuardedRefusal,
} from './guarded-fetch.ts'
export type { LookupAll, Transport, TransportAnswer } from './guarded-transport.ts'
export { createKeyRing } from './key-ring.ts'
export type { DerivedKey, DerivedKeys, KeyLabel, KeyRing, RootSecret } from './key-ring.ts'
export { createMemoryAuthStore } from './memory-store.ts'
export type {
  AccountDetails,
  AuthorizationServerOptions,
  DescribeAccount,
  PageSettings,
  ReachedChoice,
  ResourceSettings,
} from './options.ts'
export { englishTexts } from './pages/texts.ts'
export type { PageError, PageTexts } from './pages/texts.ts'
export { defaultPolicy } from './policy.ts'
export type { DocumentPolicy, Policy, RegistrationPolicy } from './policy.ts'
export { createProtectedResource } from './protected-resource.ts'
export type { Admission, ProtectedResource, ProtectedResourceOptions } from './protected-resource.ts'
export { isPublicAddress } from './public-address.ts'
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
export type { Scope } from './scopes.ts'
export { isSignInError, SignInError } from './sign-in.ts'
export type { LoginReturn, LoginStart, ServiceLogin, SignIn, SignInErrorCode } from './sign-in.ts'
export { sweepKinds } from './store.ts'
export type { AuthStore, BucketRule, BucketVerdict, Revocation, Rotation, SweepKind } from './store.ts'
export type { Random } from './tokens.ts'
export type { Verdict, VerifiedGrant } from './verification.ts'
