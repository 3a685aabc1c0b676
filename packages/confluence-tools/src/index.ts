export { confluenceToolset } from './confluence-toolset.ts'
export type { ConfluenceServices, ConfluenceSite } from './define.ts'
