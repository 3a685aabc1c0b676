import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, listOf } from '@telamon/rest/surface'

import { type BodyFormat, type ListBodyFormat, type WithBody, withBody, writtenBody } from '../bodies.ts'
import {
  createBlogPost,
  deleteBlogPost,
  getBlogPostById,
  getBlogPosts,
  updateBlogPost,
} from '../generated/v2/operations.gen.ts'
import type {
  BlogPostBulk,
  BlogPostSingle,
  GetBlogPostsData,
  UpdateBlogPostResponse,
} from '../generated/v2/types.gen.ts'
import { type Included, type Inclusion, unwrapped } from './inclusions.ts'
import type { NewPage, PageOptions } from './pages.ts'
import { listingQuery, readingQuery, removalQuery } from './queries.ts'
import { type ContentChange, save, written } from './versioned.ts'

/** A blog post, with what was asked for. */
export type BlogPost<
  Format extends BodyFormat | undefined = undefined,
  Names extends Inclusion = never,
> = WithBody<Omit<BlogPostSingle, Inclusion>, Format> & Included<Names>

/** Which blog posts to list. */
export interface BlogPostSearch<Format extends ListBodyFormat | undefined> extends ListOptions {
  readonly ids?: readonly string[]
  readonly spaceIds?: readonly string[]
  /** The whole title. For parts of it, search. */
  readonly title?: string
  readonly status?: NonNullable<GetBlogPostsData['query']>['status']
  readonly sort?: NonNullable<GetBlogPostsData['query']>['sort']
  readonly body?: Format
}

/** Blog posts, by id. */
export interface BlogPosts {
  /** `getBlogPostById` */
  readonly get: <
    const Format extends BodyFormat | undefined = undefined,
    const Names extends readonly Inclusion[] = readonly [],
  >(
    postId: string,
    options?: PageOptions<Format, Names>,
  ) => Promise<BlogPost<Format, Names[number]>>
  /** `getBlogPosts` */
  readonly list: <const Format extends ListBodyFormat | undefined = undefined>(
    search?: BlogPostSearch<Format>,
  ) => List<WithBody<BlogPostBulk, Format>>
  /** `createBlogPost` */
  readonly create: (post: Omit<NewPage, 'parentId' | 'live'>, options?: CallOptions) => Promise<BlogPost>
  /** Replaces the post's body and makes a new version, as with pages. `updateBlogPost`, and then `getBlogPostById` */
  readonly update: (postId: string, change: ContentChange, options?: CallOptions) => Promise<BlogPost>
  /** Into the trash; with `purge` out of the trash for good. `deleteBlogPost` */
  readonly remove: (
    postId: string,
    options?: CallOptions & { readonly purge?: boolean; readonly draft?: boolean },
  ) => Promise<void>
}

/** Binds blog posts to a connection. */
export function blogPosts(rest: Rest): BlogPosts {
  const { call } = rest
  return {
    async get(id, { body, include = [], version, draft, ...options } = {}) {
      const query = readingQuery({ body, include, version, draft })
      const post = await call(getBlogPostById, { path: { id }, query }, options)
      return withBody(getBlogPostById, unwrapped(post, include), body)
    },
    list({ ids, spaceIds, title, status, sort, body, ...options } = {}) {
      const query = listingQuery({ ids, spaceIds, title, status, sort, body })
      return listOf(
        rest,
        {
          operation: getBlogPosts,
          input: { query },
          map: (post) => withBody(getBlogPosts, post, body),
          largest: 250,
        },
        options,
      )
    },
    async create({ body, private: isPrivate, ...post }, options) {
      const query = { ...(isPrivate !== undefined && { private: isPrivate }) }
      const made = { ...post, ...(body && { body: writtenBody(body) }) }
      return withBody(createBlogPost, await call(createBlogPost, { query, body: made }, options), undefined)
    },
    async update(id, content, options) {
      const change = written(id, content)
      const send = (): Promise<UpdateBlogPostResponse> =>
        call(updateBlogPost, { path: { id }, body: change }, options)
      return withBody(
        updateBlogPost,
        await save(rest, { send, read: getBlogPostById, change }, options),
        undefined,
      )
    },
    async remove(id, { purge, draft, ...options } = {}) {
      const query = removalQuery({ purge, draft })
      await call(deleteBlogPost, { path: { id }, query }, options)
    },
  }
}
