export { createHandClock } from './clock.ts'
export type { HandClock } from './clock.ts'
export { describeLimiterStore } from './store-contract.ts'
export type { OpenedLimiterStore, OpenLimiterStore } from './store-contract.ts'
