import type { ToolAlias } from '@telamon/tool-registry'

import { officialAliases } from './official.ts'
import { soopersetRelations } from './sooperset-relations.ts'
import { soopersetAliases } from './sooperset.ts'

/** Names by which other servers offer the same, with the way their arguments are written. */
export const aliases: readonly ToolAlias[] = [...officialAliases, ...soopersetAliases, ...soopersetRelations]
