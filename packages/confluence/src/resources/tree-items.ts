import type { CallOptions, Operation, PagedOperation, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  createDatabase,
  createFolder,
  createSmartLink,
  createWhiteboard,
  deleteDatabase,
  deleteFolder,
  deleteSmartLink,
  deleteWhiteboard,
  getDatabaseAncestors,
  getDatabaseById,
  getDatabaseDescendants,
  getDatabaseDirectChildren,
  getFolderAncestors,
  getFolderById,
  getFolderDescendants,
  getFolderDirectChildren,
  getSmartLinkAncestors,
  getSmartLinkById,
  getSmartLinkDescendants,
  getSmartLinkDirectChildren,
  getWhiteboardAncestors,
  getWhiteboardById,
  getWhiteboardDescendants,
  getWhiteboardDirectChildren,
} from '../generated/v2/operations.gen.ts'
import type {
  Ancestor,
  ChildrenResponse,
  CreateWhiteboardData,
  DatabaseSingle,
  DescendantsResponse,
  FolderSingle,
  SmartLinkSingle,
  WhiteboardSingle,
} from '../generated/v2/types.gen.ts'

/** Something beside pages to be put into a space. */
export interface NewTreeItem {
  readonly spaceId: string
  readonly title?: string
  /** What it lies below. Default: the space itself. */
  readonly parentId?: string
}

/** Things beside pages in the tree of a space. What is on a whiteboard or in a database, the API does not tell. */
export interface TreeItems<Item, New extends NewTreeItem = NewTreeItem> {
  /** `getFolderById` and its like */
  readonly get: (id: string, options?: CallOptions) => Promise<Item>
  /** `createFolder` and its like */
  readonly create: (item: New, options?: CallOptions) => Promise<Item>
  /** Into the trash. `deleteFolder` and its like */
  readonly remove: (id: string, options?: CallOptions) => Promise<void>
  /** What is directly below. `getFolderDirectChildren` and its like */
  readonly children: (id: string, options?: ListOptions) => List<ChildrenResponse>
  /** All that is below, two levels deep unless said otherwise, at most 10. `getFolderDescendants` and its like */
  readonly descendants: (
    id: string,
    options?: ListOptions & { readonly depth?: number },
  ) => List<DescendantsResponse>
  /** From the top down, at most 250. `getFolderAncestors` and its like */
  readonly ancestors: (id: string, options?: CallOptions) => Promise<readonly Ancestor[]>
}

/** Folders. */
export type Folders = TreeItems<FolderSingle>
/** Databases. */
export type Databases = TreeItems<DatabaseSingle>
/** Whiteboards, empty or from a template. */
export type Whiteboards = TreeItems<
  WhiteboardSingle,
  NewTreeItem & Pick<CreateWhiteboardData['body'], 'templateKey' | 'locale'>
>
/** Pages of other places, shown in the tree. */
export type Embeds = TreeItems<SmartLinkSingle, NewTreeItem & { readonly embedUrl: string }>

/** The operations of one kind. */
interface Kind<Item> {
  readonly get: Operation<unknown, Item>
  readonly create: Operation<unknown, Item>
  readonly remove: Operation<unknown, void>
  readonly children: PagedOperation<unknown, unknown, ChildrenResponse>
  readonly descendants: PagedOperation<unknown, unknown, DescendantsResponse>
  readonly ancestors: Operation<unknown, { readonly results?: readonly Ancestor[] | null }>
}

/** Binds folders to a connection. */
export const folders = (rest: Rest): Folders =>
  bind(rest, {
    get: getFolderById,
    create: createFolder,
    remove: deleteFolder,
    children: getFolderDirectChildren,
    descendants: getFolderDescendants,
    ancestors: getFolderAncestors,
  })

/** Binds databases to a connection. */
export const databases = (rest: Rest): Databases =>
  bind(rest, {
    get: getDatabaseById,
    create: createDatabase,
    remove: deleteDatabase,
    children: getDatabaseDirectChildren,
    descendants: getDatabaseDescendants,
    ancestors: getDatabaseAncestors,
  })

/** Binds whiteboards to a connection. */
export const whiteboards = (rest: Rest): Whiteboards =>
  bind(rest, {
    get: getWhiteboardById,
    create: createWhiteboard,
    remove: deleteWhiteboard,
    children: getWhiteboardDirectChildren,
    descendants: getWhiteboardDescendants,
    ancestors: getWhiteboardAncestors,
  })

/** Binds embeds to a connection. */
export const embeds = (rest: Rest): Embeds =>
  bind(rest, {
    get: getSmartLinkById,
    create: createSmartLink,
    remove: deleteSmartLink,
    children: getSmartLinkDirectChildren,
    descendants: getSmartLinkDescendants,
    ancestors: getSmartLinkAncestors,
  })

const bind = <Item>(rest: Rest, kind: Kind<Item>): TreeItems<Item> => ({
  get: (id, options) => rest.call(kind.get, { path: { id } }, options),
  create: (body, options) => rest.call(kind.create, { body }, options),
  async remove(id, options) {
    await rest.call(kind.remove, { path: { id } }, options)
  },
  children: (id, options) =>
    listOf(rest, { operation: kind.children, input: { path: { id } }, map: asIs, largest: 250 }, options),
  descendants: (id, { depth, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: kind.descendants,
        input: { path: { id }, query: { ...(depth !== undefined && { depth }) } },
        map: asIs,
        largest: 250,
      },
      options,
    ),
  async ancestors(id, options) {
    return (await rest.call(kind.ancestors, { path: { id }, query: { limit: 250 } }, options)).results ?? []
  },
})
