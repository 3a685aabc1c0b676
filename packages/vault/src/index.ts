export { isVaultError, SignInError, VaultError } from './errors.ts'
export type { Failure, FailureKind, Refusal, SignInErrorCode, VaultErrorCode } from './errors.ts'
export type { RefreshCause, SweepReport, VaultEvent } from './events.ts'
export { createMemoryVaultStore } from './memory-store.ts'
export type { Ask, Identity, Site, SiteProduct, UpstreamProfile } from './profile.ts'
export { dataCenterProfile, dataCenterScopes } from './profiles/data-center.ts'
export type { DataCenter } from './profiles/data-center.ts'
export { cloudProfile } from './profiles/cloud.ts'
export type { CloudOrigins } from './profiles/cloud.ts'
export type { ServeLogin } from './serve.ts'
export type { ServiceAccount, ServiceAccounts } from './service-account.ts'
export type { RekeyReport } from './rekey.ts'
export type { VaultKey, VaultKeys } from './seal.ts'
export type { BeginLogin, FinishLogin, SignedIn, VaultSignIn } from './sign-in.ts'
export type {
  DeadVault,
  Death,
  Fence,
  LiveVault,
  NewVault,
  RefreshClaim,
  RefreshCommit,
  Rekeying,
  VaultPage,
  VaultRow,
  VaultStore,
} from './store.ts'
export type { CurrentOptions, WaitOptions } from './sites.ts'
export type { UpstreamClient } from './token-endpoint.ts'
export type { Probe } from './tokens.ts'
export { createVault } from './vault.ts'
export type { TokenOptions, Vault, VaultOptions } from './vault.ts'
