import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  addOrganization,
  addUsersToOrganization,
  getIssuesInQueue,
  getOrganization,
  getOrganizations,
  getQueue,
  getQueues,
  getRequestTypeFields,
  getRequestTypes,
  getServiceDeskArticles,
  getServiceDeskById,
  getServiceDeskOrganizations,
  getServiceDesks,
  getUsersInOrganization,
} from '../generated/service-management/operations.gen.ts'
import type {
  ArticleDto,
  CustomerRequestCreateMetaDto,
  Issue,
  OrganizationDto,
  QueueDto,
  RequestTypeDto,
  ServiceDeskDto,
  UserDto,
} from '../generated/service-management/types.gen.ts'

/** Service projects, as their customers and agents see them. */
export interface ServiceDesks {
  /** `getServiceDesks` */
  readonly list: (options?: ListOptions) => List<ServiceDeskDto>
  /** By its id, or its project's key or id. `getServiceDeskById` */
  readonly get: (serviceDesk: string, options?: CallOptions) => Promise<ServiceDeskDto>
  /** What can be asked for. `getRequestTypes` */
  readonly requestTypes: (
    serviceDesk: string,
    options?: ListOptions & { readonly query?: string },
  ) => List<RequestTypeDto>
  /** What a request of a type has to state. `getRequestTypeFields` */
  readonly requestFields: (
    serviceDesk: string,
    requestTypeId: number,
    options?: CallOptions,
  ) => Promise<CustomerRequestCreateMetaDto>
  /** Articles of its knowledge base. `getServiceDeskArticles` */
  readonly articles: (serviceDesk: string, query: string, options?: ListOptions) => List<ArticleDto>
}

/** Queues of agents. */
export interface Queues {
  /** `getQueues` */
  readonly list: (
    serviceDesk: string,
    options?: ListOptions & { readonly withCounts?: boolean },
  ) => List<QueueDto>
  /** `getQueue` */
  readonly get: (serviceDesk: string, queueId: number, options?: CallOptions) => Promise<QueueDto>
  /** `getIssuesInQueue` */
  readonly issues: (serviceDesk: string, queueId: number, options?: ListOptions) => List<Issue>
}

/** Organizations of customers. */
export interface Organizations {
  /** Of the whole site, or of one service desk. `getOrganizations`, `getServiceDeskOrganizations` */
  readonly list: (options?: ListOptions & { readonly serviceDesk?: string }) => List<OrganizationDto>
  /** `getOrganization` */
  readonly get: (organizationId: number, options?: CallOptions) => Promise<OrganizationDto>
  /** `getUsersInOrganization` */
  readonly users: (organizationId: number, options?: ListOptions) => List<UserDto>
  /** `addUsersToOrganization` */
  readonly addUsers: (
    organizationId: number,
    accountIds: readonly string[],
    options?: CallOptions,
  ) => Promise<void>
  /** `addOrganization` */
  readonly addTo: (serviceDesk: string, organizationId: number, options?: CallOptions) => Promise<void>
}

/** Binds service desks to a connection. */
export const serviceDesks = (rest: Rest): ServiceDesks => ({
  list: (options) =>
    listOf(rest, { operation: getServiceDesks, input: {}, map: asIs, largest: 100 }, options),
  get: (serviceDeskId, options) => rest.call(getServiceDeskById, { path: { serviceDeskId } }, options),
  requestTypes: (serviceDeskId, { query, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: getRequestTypes,
        input: { path: { serviceDeskId }, query: { ...(query !== undefined && { searchQuery: query }) } },
        map: asIs,
        largest: 100,
      },
      options,
    ),
  requestFields: (serviceDeskId, requestTypeId, options) =>
    rest.call(getRequestTypeFields, { path: { serviceDeskId, requestTypeId } }, options),
  articles: (serviceDeskId, query, options) =>
    listOf(
      rest,
      {
        operation: getServiceDeskArticles,
        input: { path: { serviceDeskId }, query: { query, highlight: false } },
        map: asIs,
        largest: 100,
      },
      options,
    ),
})

/** Binds queues to a connection. */
export const queues = (rest: Rest): Queues => ({
  list: (serviceDeskId, { withCounts, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: getQueues,
        input: {
          path: { serviceDeskId },
          query: { ...(withCounts !== undefined && { includeCount: withCounts }) },
        },
        map: asIs,
        largest: 50,
      },
      options,
    ),
  get: (serviceDeskId, queueId, options) =>
    rest.call(getQueue, { path: { serviceDeskId, queueId } }, options),
  issues: (serviceDeskId, queueId, options) =>
    listOf(
      rest,
      { operation: getIssuesInQueue, input: { path: { serviceDeskId, queueId } }, map: asIs, largest: 50 },
      options,
    ),
})

/** Binds organizations to a connection. */
export const organizations = (rest: Rest): Organizations => ({
  list: ({ serviceDesk, ...options } = {}) =>
    serviceDesk === undefined
      ? listOf(rest, { operation: getOrganizations, input: {}, map: asIs, largest: 50 }, options)
      : listOf(
          rest,
          {
            operation: getServiceDeskOrganizations,
            input: { path: { serviceDeskId: serviceDesk } },
            map: asIs,
            largest: 50,
          },
          options,
        ),
  get: (organizationId, options) => rest.call(getOrganization, { path: { organizationId } }, options),
  users: (organizationId, options) =>
    listOf(
      rest,
      { operation: getUsersInOrganization, input: { path: { organizationId } }, map: asIs, largest: 50 },
      options,
    ),
  async addUsers(organizationId, accountIds, options) {
    await rest.call(addUsersToOrganization, { path: { organizationId }, body: { accountIds } }, options)
  },
  async addTo(serviceDeskId, organizationId, options) {
    await rest.call(addOrganization, { path: { serviceDeskId }, body: { organizationId } }, options)
  },
})
