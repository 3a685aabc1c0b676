import { getBlogPostById, getBlogPosts, getBlogPostsInSpace } from '@telamon/confluence/operations'

import { serve, type Served } from '../http/call.ts'
import { spaceOf } from './find.ts'
import { contentList, listNames, singleContent, singleNames } from './pages.ts'

export const blogPostHandlers: readonly Served[] = [
  serve(getBlogPosts, [...listNames, 'id', 'space-id'], (call) => contentList(call, 'blogpost')),
  serve(getBlogPostsInSpace, listNames, (call) =>
    contentList(call, 'blogpost', spaceOf(call, call.path['id'])),
  ),
  serve(getBlogPostById, singleNames, (call) => singleContent(call, 'blogpost')),
]
