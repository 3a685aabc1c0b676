import type { ToolAlias } from '@telamon/tool-registry'

/** Names by which other servers offer the same, with the way their arguments are written. */
export const aliases: readonly ToolAlias[] = [
  { name: 'getConfluencePage', tool: 'getConfluenceContent' },
  { name: 'getConfluenceSpaces', tool: 'listConfluenceSpaces' },
  { name: 'searchConfluenceUsingCql', tool: 'searchConfluence' },
  {
    name: 'createConfluencePage',
    tool: 'createConfluenceContent',
    preset: { contentType: 'page' },
    move: { isPrivate: 'private' },
  },
  { name: 'updateConfluencePage', tool: 'updateConfluenceContent' },
]
