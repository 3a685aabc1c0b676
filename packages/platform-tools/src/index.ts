export type { AccessibleSite, Account, PlatformServices } from './define.ts'
export { platformToolset } from './platform-toolset.ts'
