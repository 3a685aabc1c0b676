import type { Served } from '../http/call.ts'
import { attachmentHandlers } from './attachments.ts'
import { blogPostHandlers } from './blog-posts.ts'
import { classificationHandlers } from './classification.ts'
import { commentHandlers } from './comments.ts'
import { customContentHandlers } from './custom-content.ts'
import { labelHandlers } from './labels.ts'
import { likeHandlers } from './likes.ts'
import { operationHandlers } from './operations.ts'
import { pageHandlers } from './pages.ts'
import { propertyHandlers } from './property-families.ts'
import { spaceRoleHandlers } from './space-roles.ts'
import { spaceHandlers } from './spaces.ts'
import { taskHandlers } from './tasks.ts'
import { treeItemHandlers } from './tree-items.ts'
import { treeHandlers } from './trees.ts'
import { typeHandlers } from './types.ts'
import { userHandlers } from './users.ts'
import { analyticsHandlers } from './v1-analytics.ts'
import { attachmentHandlersV1 } from './v1-attachments.ts'
import { blueprintHandlers } from './v1-blueprints.ts'
import { convertingHandlers } from './v1-converting.ts'
import { descendantHandlers } from './v1-descendants.ts'
import { groupHandlers } from './v1-groups.ts'
import { labelHandlers as labelHandlersV1 } from './v1-labels.ts'
import { longTaskHandlers } from './v1-long-tasks.ts'
import { macroHandlers } from './v1-macros.ts'
import { movingHandlers } from './v1-moving.ts'
import { relationHandlers } from './v1-relations.ts'
import { restrictionHandlers } from './v1-restrictions.ts'
import { searchHandlers } from './v1-search.ts'
import { spaceHandlersV1 } from './v1-spaces.ts'
import { stateHandlers } from './v1-states.ts'
import { templateHandlers } from './v1-templates.ts'
import { userPropertyHandlers } from './v1-user-properties.ts'
import { userHandlersV1 } from './v1-users.ts'
import { versionHandlersV1 } from './v1-versions.ts'
import { watchHandlers } from './v1-watches.ts'
import { versionHandlers } from './versions.ts'
import { writeHandlers } from './writing.ts'

/** Everything of Confluence that is served. */
export const confluenceHandlers: readonly Served[] = [
  ...spaceHandlers,
  ...spaceRoleHandlers,
  ...pageHandlers,
  ...writeHandlers,
  ...blogPostHandlers,
  ...treeItemHandlers,
  ...treeHandlers,
  ...customContentHandlers,
  ...commentHandlers,
  ...attachmentHandlers,
  ...labelHandlers,
  ...likeHandlers,
  ...operationHandlers,
  ...propertyHandlers,
  ...versionHandlers,
  ...taskHandlers,
  ...classificationHandlers,
  ...typeHandlers,
  ...userHandlers,
  ...labelHandlersV1,
  ...searchHandlers,
  ...analyticsHandlers,
  ...attachmentHandlersV1,
  ...blueprintHandlers,
  ...convertingHandlers,
  ...descendantHandlers,
  ...groupHandlers,
  ...longTaskHandlers,
  ...macroHandlers,
  ...movingHandlers,
  ...relationHandlers,
  ...restrictionHandlers,
  ...spaceHandlersV1,
  ...stateHandlers,
  ...templateHandlers,
  ...userPropertyHandlers,
  ...userHandlersV1,
  ...versionHandlersV1,
  ...watchHandlers,
]
