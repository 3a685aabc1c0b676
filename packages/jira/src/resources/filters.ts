import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  createFilter,
  deleteFilter,
  getDashboard,
  getDashboardsPaginated,
  getFavouriteFilters,
  getFilter,
  getFiltersPaginated,
  updateFilter,
} from '../generated/platform/operations.gen.ts'
import type { Dashboard, Filter, FilterDetails, FilterInput } from '../generated/platform/types.gen.ts'

/** Which filters or dashboards to list. */
export interface FilterSearch extends ListOptions {
  /** Part of a name, without regard to case. */
  readonly name?: string
  /** The account id of the owner. */
  readonly owner?: string
}

/** Saved queries. */
export interface Filters {
  /** `getFiltersPaginated` */
  readonly list: (search?: FilterSearch) => List<FilterDetails>
  /** Those that the person has marked. `getFavouriteFilters` */
  readonly favourites: (options?: CallOptions) => Promise<readonly Filter[]>
  /** `getFilter` */
  readonly get: (filterId: number, options?: CallOptions) => Promise<Filter>
  /** Needs a name, and a query to be of use. `createFilter` */
  readonly create: (filter: FilterInput, options?: CallOptions) => Promise<Filter>
  /** `updateFilter` */
  readonly update: (filterId: number, filter: FilterInput, options?: CallOptions) => Promise<Filter>
  /** Cannot be undone. `deleteFilter` */
  readonly remove: (filterId: number, options?: CallOptions) => Promise<void>
}

/** Pages of gadgets. */
export interface Dashboards {
  /** `getDashboardsPaginated` */
  readonly list: (search?: FilterSearch) => List<Dashboard>
  /** `getDashboard` */
  readonly get: (dashboardId: string, options?: CallOptions) => Promise<Dashboard>
}

/** Binds filters to a connection. */
export const filters = (rest: Rest): Filters => ({
  list: ({ name, owner, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: getFiltersPaginated,
        input: {
          query: {
            ...(name !== undefined && { filterName: name }),
            ...(owner !== undefined && { accountId: owner }),
            expand: 'description,owner,jql,viewUrl,searchUrl,favourite,sharePermissions',
          },
        },
        map: asIs,
        largest: 100,
      },
      options,
    ),
  favourites: (options) => rest.call(getFavouriteFilters, {}, options),
  get: (id, options) => rest.call(getFilter, { path: { id } }, options),
  create: (body, options) => rest.call(createFilter, { body }, options),
  update: (id, body, options) => rest.call(updateFilter, { path: { id }, body }, options),
  async remove(id, options) {
    await rest.call(deleteFilter, { path: { id } }, options)
  },
})

/** Binds dashboards to a connection. */
export const dashboards = (rest: Rest): Dashboards => ({
  list: ({ name, owner, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: getDashboardsPaginated,
        input: {
          query: {
            ...(name !== undefined && { dashboardName: name }),
            ...(owner !== undefined && { accountId: owner }),
          },
        },
        map: asIs,
        largest: 100,
      },
      options,
    ),
  get: (id, options) => rest.call(getDashboard, { path: { id } }, options),
})
