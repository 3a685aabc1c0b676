import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import { getFields, getFieldsPaginated } from '../generated/platform/operations.gen.ts'
import type { Field, FieldDetails } from '../generated/platform/types.gen.ts'

/** Fields of the site, system and custom. */
export interface Fields {
  /** All that the person may see, in one answer. `getFields` */
  readonly list: (options?: CallOptions) => Promise<readonly FieldDetails[]>
  /** By part of a name or description. Needs an administrator. `getFieldsPaginated` */
  readonly search: (
    query: string,
    options?: ListOptions & { readonly type?: readonly ('custom' | 'system')[] },
  ) => List<Field>
}

/** Binds fields to a connection. */
export const fields = (rest: Rest): Fields => ({
  list: (options) => rest.call(getFields, {}, options),
  search: (query, { type, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: getFieldsPaginated,
        input: { query: { query, ...(type && { type }) } },
        map: asIs,
        largest: 50,
      },
      options,
    ),
})
