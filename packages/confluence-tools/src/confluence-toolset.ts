import { toolset } from '@telamon/tool-registry'
import type { Toolset } from '@telamon/tool-registry'

import { aliases } from './aliases/index.ts'
import type { ConfluenceServices } from './define.ts'
import { tools } from './tools/index.ts'

/** What agents can do in Confluence. */
export const confluenceToolset: Toolset<ConfluenceServices> = toolset({
  id: 'confluence',
  title: 'Confluence',
  description: 'Pages and other content: find, read, create, change; spaces.',
  tools,
  primary: ['getConfluenceContent', 'searchConfluence', 'createConfluenceContent', 'updateConfluenceContent'],
  aliases,
})
