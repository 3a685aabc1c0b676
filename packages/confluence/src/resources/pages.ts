import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  type BodyFormat,
  type ListBodyFormat,
  type NewBody,
  type WithBody,
  withBody,
  writtenBody,
} from '../bodies.ts'
import { movePage, restoreContentVersion } from '../generated/v1/operations.gen.ts'
import {
  createPage,
  deletePage,
  getPageAncestors,
  getPageById,
  getPageDescendants,
  getPageDirectChildren,
  getPages,
  updatePage,
  updatePageTitle,
} from '../generated/v2/operations.gen.ts'
import type {
  Ancestor,
  ChildrenResponse,
  DescendantsResponse,
  GetPagesData,
  PageBulk,
  PageSingle,
  UpdatePageResponse,
} from '../generated/v2/types.gen.ts'
import { type Included, type Inclusion, unwrapped } from './inclusions.ts'
import { listingQuery, readingQuery, removalQuery } from './queries.ts'
import { type ContentChange, save, written } from './versioned.ts'

/** A page, with what was asked for. */
export type Page<
  Format extends BodyFormat | undefined = undefined,
  Names extends Inclusion = never,
> = WithBody<Omit<PageSingle, Inclusion>, Format> & Included<Names>

/** What reading a page may be told. */
export interface PageOptions<
  Format extends BodyFormat | undefined,
  Names extends readonly Inclusion[],
> extends CallOptions {
  /** Default: no body. */
  readonly body?: Format
  readonly include?: Names
  /** An earlier version. Default: the newest that is published. */
  readonly version?: number
  /** The draft in place of what is published. */
  readonly draft?: boolean
}

/** Which pages to list. */
export interface PageSearch<Format extends ListBodyFormat | undefined> extends ListOptions {
  readonly ids?: readonly string[]
  readonly spaceIds?: readonly string[]
  /** The whole title. For parts of it, search. */
  readonly title?: string
  /** Default: current and archived. */
  readonly status?: NonNullable<GetPagesData['query']>['status']
  readonly subtype?: 'live' | 'page'
  readonly sort?: NonNullable<GetPagesData['query']>['sort']
  readonly body?: Format
}

/** A page to be made. */
export interface NewPage {
  readonly spaceId: string
  readonly title: string
  /** Default: an empty page. */
  readonly body?: NewBody
  /** The page or folder above. Default: the home page of the space. */
  readonly parentId?: string
  /** Default: `current`, which is published. */
  readonly status?: 'current' | 'draft'
  /** A live document, which has no drafts and no publishing. */
  readonly live?: boolean
  /** Only for the person who makes it. */
  readonly private?: boolean
}

/** A change of a page. */
export interface PageChange extends ContentChange {
  /** Moves it below another page or folder of the same space. */
  readonly parentId?: string
}

/** Pages, by id. */
export interface Pages {
  /** `getPageById` */
  readonly get: <
    const Format extends BodyFormat | undefined = undefined,
    const Names extends readonly Inclusion[] = readonly [],
  >(
    pageId: string,
    options?: PageOptions<Format, Names>,
  ) => Promise<Page<Format, Names[number]>>
  /** `getPages` */
  readonly list: <const Format extends ListBodyFormat | undefined = undefined>(
    search?: PageSearch<Format>,
  ) => List<WithBody<PageBulk, Format>>
  /** `createPage` */
  readonly create: (page: NewPage, options?: CallOptions) => Promise<Page>
  /**
   * Replaces the page's body and makes a new version. Where the first try was lost on its way and the second finds the
   * change in place, that counts as done. `updatePage`, and then `getPageById`
   */
  readonly update: (pageId: string, change: PageChange, options?: CallOptions) => Promise<Page>
  /** Changes the title alone, whatever the version. `updatePageTitle` */
  readonly rename: (pageId: string, title: string, options?: CallOptions) => Promise<void>
  /** Before or after another page, or below it as its last. `movePage` */
  readonly move: (
    pageId: string,
    to: { readonly before: string } | { readonly after: string } | { readonly below: string },
    options?: CallOptions,
  ) => Promise<void>
  /** Makes an earlier version the newest. `restoreContentVersion` */
  readonly restore: (
    pageId: string,
    version: number,
    options?: CallOptions & { readonly message?: string },
  ) => Promise<void>
  /** Into the trash; with `purge` out of the trash for good. `deletePage` */
  readonly remove: (
    pageId: string,
    options?: CallOptions & { readonly purge?: boolean; readonly draft?: boolean },
  ) => Promise<void>
  /** What is directly below: pages, folders, databases, whiteboards. `getPageDirectChildren` */
  readonly children: (pageId: string, options?: ListOptions) => List<ChildrenResponse>
  /** All that is below, two levels deep unless said otherwise, at most 10. `getPageDescendants` */
  readonly descendants: (
    pageId: string,
    options?: ListOptions & { readonly depth?: number },
  ) => List<DescendantsResponse>
  /** From the top down, at most 250. `getPageAncestors` */
  readonly ancestors: (pageId: string, options?: CallOptions) => Promise<readonly Ancestor[]>
}

/** Binds pages to a connection. */
export function pages(rest: Rest): Pages {
  const { call } = rest
  return {
    async get(id, { body, include = [], version, draft, ...options } = {}) {
      const query = readingQuery({ body, include, version, draft })
      const page = await call(getPageById, { path: { id }, query }, options)
      return withBody(getPageById, unwrapped(page, include), body)
    },
    list({ ids, spaceIds, title, status, subtype, sort, body, ...options } = {}) {
      const query = {
        ...listingQuery({ ids, spaceIds, title, status, sort, body }),
        ...(subtype && { subtype }),
      }
      return listOf(
        rest,
        {
          operation: getPages,
          input: { query },
          map: (page) => withBody(getPages, page, body),
          largest: 250,
        },
        options,
      )
    },
    async create({ body, live, private: isPrivate, ...page }, options) {
      const made = {
        ...page,
        ...(body && { body: writtenBody(body) }),
        ...(live && { subtype: 'live' as const }),
      }
      const query = { ...(isPrivate !== undefined && { private: isPrivate }) }
      return withBody(createPage, await call(createPage, { query, body: made }, options), undefined)
    },
    async update(id, { parentId, ...content }, options) {
      const change = written(id, content)
      const body = { ...change, ...(parentId !== undefined && { parentId }) }
      const send = (): Promise<UpdatePageResponse> => call(updatePage, { path: { id }, body }, options)
      return withBody(updatePage, await save(rest, { send, read: getPageById, change }, options), undefined)
    },
    async rename(id, title, options) {
      await call(updatePageTitle, { path: { id }, body: { status: 'current', title } }, options)
    },
    async move(pageId, to, options) {
      const [position, targetId] =
        'before' in to
          ? (['before', to.before] as const)
          : 'after' in to
            ? (['after', to.after] as const)
            : (['append', to.below] as const)
      await call(movePage, { path: { pageId, position, targetId } }, options)
    },
    async restore(id, version, { message = '', ...options } = {}) {
      const body = { operationKey: 'restore', params: { versionNumber: version, message } } as const
      await call(restoreContentVersion, { path: { id }, body }, options)
    },
    async remove(id, { purge, draft, ...options } = {}) {
      const query = removalQuery({ purge, draft })
      await call(deletePage, { path: { id }, query }, options)
    },
    children: (id, options) =>
      listOf(
        rest,
        { operation: getPageDirectChildren, input: { path: { id } }, map: asIs, largest: 250 },
        options,
      ),
    descendants: (id, { depth, ...options } = {}) =>
      listOf(
        rest,
        {
          operation: getPageDescendants,
          input: { path: { id }, query: { ...(depth !== undefined && { depth }) } },
          map: asIs,
          largest: 250,
        },
        options,
      ),
    async ancestors(id, options) {
      return (await call(getPageAncestors, { path: { id }, query: { limit: 250 } }, options)).results ?? []
    },
  }
}
