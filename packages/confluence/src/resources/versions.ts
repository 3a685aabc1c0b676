import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  getBlogPostVersionDetails,
  getBlogPostVersions,
  getPageVersionDetails,
  getPageVersions,
} from '../generated/v2/operations.gen.ts'
import type { BlogPostVersion, DetailedVersion, PageVersion } from '../generated/v2/types.gen.ts'
import type { Commented } from './comments.ts'

/** What became of pages and posts. An earlier body is read by `pages.get(id, { version })`. */
export interface Versions {
  /** Newest first. `getPageVersions`, `getBlogPostVersions` */
  readonly list: (of: Commented, options?: ListOptions) => List<PageVersion | BlogPostVersion>
  /** `getPageVersionDetails`, `getBlogPostVersionDetails` */
  readonly get: (of: Commented, version: number, options?: CallOptions) => Promise<DetailedVersion>
}

/** Binds versions to a connection. */
export const versions = (rest: Rest): Versions => ({
  list: (of, options) =>
    'pageId' in of
      ? listOf(
          rest,
          { operation: getPageVersions, input: { path: { id: of.pageId } }, map: asIs, largest: 250 },
          options,
        )
      : listOf(
          rest,
          { operation: getBlogPostVersions, input: { path: { id: of.blogPostId } }, map: asIs, largest: 250 },
          options,
        ),
  get: (of, number, options) =>
    'pageId' in of
      ? rest.call(
          getPageVersionDetails,
          { path: { 'page-id': of.pageId, 'version-number': number } },
          options,
        )
      : rest.call(
          getBlogPostVersionDetails,
          { path: { 'blogpost-id': of.blogPostId, 'version-number': number } },
          options,
        ),
})
