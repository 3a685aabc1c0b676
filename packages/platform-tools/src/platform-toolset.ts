import { toolset } from '@telamon/tool-registry'
import type { Toolset } from '@telamon/tool-registry'

import type { PlatformServices } from './define.ts'
import { tools } from './tools/index.ts'

/** Who is signed in and which sites they reach. */
export const platformToolset: Toolset<PlatformServices> = toolset({
  id: 'platform',
  title: 'Platform',
  description: 'Who is signed in, which sites they reach, and what is left of their limits.',
  always: true,
  tools,
  primary: ['getAccessibleAtlassianResources', 'atlassianUserInfo'],
})
