import type { ToolAlias } from '@telamon/tool-registry'

/** Names of the first version of the official server. Those of the second version are ours. */
export const officialAliases: readonly ToolAlias[] = [
  { name: 'getConfluencePage', tool: 'getConfluenceContent' },
  { name: 'getConfluenceSpaces', tool: 'listConfluenceSpaces' },
  { name: 'searchConfluenceUsingCql', tool: 'searchConfluence' },
  {
    name: 'createConfluencePage',
    tool: 'createConfluenceContent',
    move: { subtype: 'contentType', isPrivate: 'private' },
    preset: { contentType: 'page' },
  },
  { name: 'updateConfluencePage', tool: 'updateConfluenceContent' },
]
