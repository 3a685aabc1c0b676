export { describeAuthStore } from './store-contract.ts'
export type { OpenAuthStore, OpenedAuthStore } from './store-contract.ts'
