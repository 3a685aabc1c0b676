import { getBlogPostById, getBlogPosts, getBlogPostsInSpace } from '@telamon/confluence/operations'

import { serve, type Served } from '../http/call.ts'
import { spaceOf } from './find.ts'
import { contentList, singleContent } from './pages.ts'

const listNames = ['sort', 'status', 'title', 'body-format', 'cursor', 'limit'] as const

export const blogPostHandlers: readonly Served[] = [
  serve(getBlogPosts, [...listNames, 'id', 'space-id'], (call) => contentList(call, 'blogpost')),
  serve(getBlogPostsInSpace, listNames, (call) => contentList(call, 'blogpost', spaceOf(call, call.path['id']))),
  serve(
    getBlogPostById,
    [
      ...['body-format' as const, 'get-draft' as const, 'status' as const, 'version' as const],
      ...['include-labels' as const, 'include-properties' as const, 'include-operations' as const],
      ...['include-likes' as const, 'include-versions' as const, 'include-version' as const],
    ],
    (call) => singleContent(call, 'blogpost'),
  ),
]
