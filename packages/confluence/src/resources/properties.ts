import type { CallOptions, Operation, PagedOperation, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  createAttachmentProperty,
  createBlogpostProperty,
  createCommentProperty,
  createCustomContentProperty,
  createDatabaseProperty,
  createFolderProperty,
  createPageProperty,
  createWhiteboardProperty,
  deleteAttachmentPropertyById,
  deleteBlogpostPropertyById,
  deleteCommentPropertyById,
  deleteCustomContentPropertyById,
  deleteDatabasePropertyById,
  deleteFolderPropertyById,
  deletePagePropertyById,
  deleteWhiteboardPropertyById,
  getAttachmentContentProperties,
  getBlogpostContentProperties,
  getCommentContentProperties,
  getCustomContentContentProperties,
  getDatabaseContentProperties,
  getFolderContentProperties,
  getPageContentProperties,
  getWhiteboardContentProperties,
  updateAttachmentPropertyById,
  updateBlogpostPropertyById,
  updateCommentPropertyById,
  updateCustomContentPropertyById,
  updateDatabasePropertyById,
  updateFolderPropertyById,
  updatePagePropertyById,
  updateWhiteboardPropertyById,
} from '../generated/v2/operations.gen.ts'
import type { ContentProperty } from '../generated/v2/types.gen.ts'

/** What a property is on. */
export interface PropertyOwner {
  readonly type:
    | 'page'
    | 'blogpost'
    | 'attachment'
    | 'comment'
    | 'custom'
    | 'whiteboard'
    | 'database'
    | 'folder'
  readonly id: string
}

/** JSON that programs keep beside content, under keys. People do not see it. */
export interface Properties {
  /** `getPageContentProperties` and its like */
  readonly list: (of: PropertyOwner, options?: ListOptions) => List<ContentProperty>
  /** Nothing when there is none with that key. `getPageContentProperties` and its like */
  readonly get: (
    of: PropertyOwner,
    key: string,
    options?: CallOptions,
  ) => Promise<ContentProperty | undefined>
  /**
   * Looks for the key, and then makes the property or a new version of it; somebody who was faster is answered by the
   * error `conflict`. `getPageContentProperties`, `createPageProperty`, `updatePagePropertyById` and their like
   */
  readonly set: (
    of: PropertyOwner,
    property: { readonly key: string; readonly value: unknown },
    options?: CallOptions,
  ) => Promise<ContentProperty>
  /** Whether there was one. `getPageContentProperties`, `deletePagePropertyById` and their like */
  readonly remove: (of: PropertyOwner, key: string, options?: CallOptions) => Promise<boolean>
}

/** Operations on the properties of one type of content, and what they call its id. */
interface Kind {
  readonly parameter: string
  readonly list: PagedOperation<unknown, unknown, ContentProperty>
  readonly create: Operation<unknown, ContentProperty>
  readonly update: Operation<unknown, ContentProperty>
  readonly remove: Operation<unknown, void>
}

const kinds: Readonly<Record<PropertyOwner['type'], Kind>> = {
  page: {
    parameter: 'page-id',
    list: getPageContentProperties,
    create: createPageProperty,
    update: updatePagePropertyById,
    remove: deletePagePropertyById,
  },
  blogpost: {
    parameter: 'blogpost-id',
    list: getBlogpostContentProperties,
    create: createBlogpostProperty,
    update: updateBlogpostPropertyById,
    remove: deleteBlogpostPropertyById,
  },
  attachment: {
    parameter: 'attachment-id',
    list: getAttachmentContentProperties,
    create: createAttachmentProperty,
    update: updateAttachmentPropertyById,
    remove: deleteAttachmentPropertyById,
  },
  comment: {
    parameter: 'comment-id',
    list: getCommentContentProperties,
    create: createCommentProperty,
    update: updateCommentPropertyById,
    remove: deleteCommentPropertyById,
  },
  custom: {
    parameter: 'custom-content-id',
    list: getCustomContentContentProperties,
    create: createCustomContentProperty,
    update: updateCustomContentPropertyById,
    remove: deleteCustomContentPropertyById,
  },
  whiteboard: {
    parameter: 'whiteboard-id',
    list: getWhiteboardContentProperties,
    create: createWhiteboardProperty,
    update: updateWhiteboardPropertyById,
    remove: deleteWhiteboardPropertyById,
  },
  database: {
    parameter: 'database-id',
    list: getDatabaseContentProperties,
    create: createDatabaseProperty,
    update: updateDatabasePropertyById,
    remove: deleteDatabasePropertyById,
  },
  folder: {
    parameter: 'folder-id',
    list: getFolderContentProperties,
    create: createFolderProperty,
    update: updateFolderPropertyById,
    remove: deleteFolderPropertyById,
  },
}

/** What the operations of one type call the id differs between lists and single properties: both names go along. */
const path = ({ type, id }: PropertyOwner): Record<string, string> => ({ [kinds[type].parameter]: id, id })

/** Binds properties to a connection. */
export function properties(rest: Rest): Properties {
  const find = async (
    of: PropertyOwner,
    key: string,
    options: CallOptions | undefined,
  ): Promise<ContentProperty | undefined> => {
    const { items } = await rest.page(
      kinds[of.type].list,
      { path: path(of), query: { key, limit: 1 } },
      options,
    )
    return items[0]
  }
  return {
    list: (of, options) =>
      listOf(
        rest,
        { operation: kinds[of.type].list, input: { path: path(of) }, map: asIs, largest: 250 },
        options,
      ),
    get: find,
    async set(of, { key, value }, options) {
      const known = await find(of, key, options)
      if (!known) return rest.call(kinds[of.type].create, { path: path(of), body: { key, value } }, options)
      const body = { key, value, version: { number: known.version.number + 1 } }
      return rest.call(
        kinds[of.type].update,
        { path: { ...path(of), 'property-id': known.id }, body },
        options,
      )
    },
    async remove(of, key, options) {
      const known = await find(of, key, options)
      if (!known) return false
      await rest.call(kinds[of.type].remove, { path: { ...path(of), 'property-id': known.id } }, options)
      return true
    },
  }
}
