import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import { createSpace, getSpaceById, getSpaces } from '../generated/v2/operations.gen.ts'
import type { CreateSpaceData, GetSpacesData, SpaceBulk, SpaceSingle } from '../generated/v2/types.gen.ts'

/** A space. */
export type Space = SpaceBulk

/** Which spaces to list. */
export interface SpaceSearch extends ListOptions {
  readonly ids?: readonly string[]
  readonly keys?: readonly string[]
  readonly type?: NonNullable<GetSpacesData['query']>['type']
  /** Default: both. */
  readonly status?: 'current' | 'archived'
  readonly labels?: readonly string[]
  /** Default: by id. */
  readonly sort?: NonNullable<GetSpacesData['query']>['sort']
  /** Lets the description come along, as text or as HTML. */
  readonly description?: 'plain' | 'view'
}

/** Spaces. */
export interface Spaces {
  /** Those that the person may see. `getSpaces` */
  readonly list: (search?: SpaceSearch) => List<Space>
  /** `getSpaceById` */
  readonly get: (
    spaceId: string,
    options?: CallOptions & { readonly description?: 'plain' | 'view' },
  ) => Promise<SpaceSingle>
  /** Nothing when there is none with that key that the person may see. `getSpaces` */
  readonly byKey: (key: string, options?: CallOptions) => Promise<Space | undefined>
  /** `createSpace` */
  readonly create: (space: CreateSpaceData['body'], options?: CallOptions) => Promise<SpaceSingle>
}

/** Binds spaces to a connection. */
export const spaces = (rest: Rest): Spaces => {
  const list: Spaces['list'] = ({ ids, keys, type, status, labels, sort, description, ...options } = {}) => {
    const query = {
      ...(ids && { ids }),
      ...(keys && { keys }),
      ...(type && { type }),
      ...(status && { status }),
      ...(labels && { labels }),
      ...(sort && { sort }),
      ...(description && { 'description-format': description }),
    }
    return listOf(rest, { operation: getSpaces, input: { query }, map: asIs, largest: 250 }, options)
  }
  return {
    list,
    get: (id, { description, ...options } = {}) =>
      rest.call(
        getSpaceById,
        { path: { id }, query: { ...(description && { 'description-format': description }) } },
        options,
      ),
    async byKey(key, options) {
      const { items } = await list({ keys: [key] }).page({ ...options, size: 1 })
      return items[0]
    },
    create: (body, options) => rest.call(createSpace, { body }, options),
  }
}
