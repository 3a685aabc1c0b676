import type { Served } from '../http/call.ts'
import { blogPostHandlers } from './blog-posts.ts'
import { commentHandlers } from './comments.ts'
import { pageHandlers } from './pages.ts'
import { spaceHandlers } from './spaces.ts'
import { treeHandlers } from './trees.ts'
import { typeHandlers } from './types.ts'
import { userHandlers } from './users.ts'
import { labelHandlers } from './v1-labels.ts'
import { searchHandlers } from './v1-search.ts'
import { writeHandlers } from './writing.ts'

/** Everything of Confluence that is served. */
export const confluenceHandlers: readonly Served[] = [
  ...spaceHandlers,
  ...pageHandlers,
  ...writeHandlers,
  ...typeHandlers,
  ...blogPostHandlers,
  ...treeHandlers,
  ...commentHandlers,
  ...labelHandlers,
  ...searchHandlers,
  ...userHandlers,
]
