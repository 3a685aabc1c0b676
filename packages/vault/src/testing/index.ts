export { createHandClock } from './clock.ts'
export type { HandClock } from './clock.ts'
export { describeVaultStore } from './store-contract.ts'
export type { OpenedVaultStore, OpenVaultStore } from './store-contract.ts'
export { createUpstream } from './upstream.ts'
export type {
  ApiFault,
  TokenFault,
  Upstream,
  UpstreamOptions,
  UpstreamSite,
  UpstreamStatistics,
} from './upstream.ts'
