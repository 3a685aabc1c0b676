import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  getAllStatuses,
  getProject,
  getProjectRole,
  getProjectRoles,
  searchProjects,
} from '../generated/platform/operations.gen.ts'
import type {
  IssueTypeWithStatus,
  Project,
  ProjectRole,
  SearchProjectsData,
} from '../generated/platform/types.gen.ts'

/** Which projects to list. */
export interface ProjectSearch extends ListOptions {
  /** Part of a key or name, without regard to case. */
  readonly query?: string
  readonly keys?: readonly string[]
  /** `software`, `service_desk`, `business`; several separated by commas. */
  readonly type?: string
  /** What the person has to be allowed to do there. Default: `view`. */
  readonly action?: 'view' | 'browse' | 'edit' | 'create'
  /** Default: `key`. */
  readonly orderBy?: NonNullable<SearchProjectsData['query']>['orderBy']
  /** Such as `lead`, `description`, `issueTypes`, `url`, `insight`. */
  readonly expand?: readonly string[]
}

/** Projects, by key or id. */
export interface Projects {
  /** Those that the person may see. `searchProjects` */
  readonly list: (search?: ProjectSearch) => List<Project>
  /** `getProject` */
  readonly get: (
    project: string,
    options?: CallOptions & { readonly expand?: readonly string[] },
  ) => Promise<Project>
  /** Types of issue with the statuses that each can be in. `getAllStatuses` */
  readonly statuses: (project: string, options?: CallOptions) => Promise<readonly IssueTypeWithStatus[]>
  /** Names of roles with the addresses of their details. `getProjectRoles` */
  readonly roles: (project: string, options?: CallOptions) => Promise<Readonly<Record<string, string>>>
  /** A role with the people and groups in it. `getProjectRole` */
  readonly role: (project: string, roleId: number, options?: CallOptions) => Promise<ProjectRole>
}

/** Binds projects to a connection. */
export const projects = (rest: Rest): Projects => ({
  list({ query, keys, type, action, orderBy, expand, ...options } = {}) {
    const asked = {
      ...(query !== undefined && { query }),
      ...(keys && { keys }),
      ...(type !== undefined && { typeKey: type }),
      ...(action && { action }),
      ...(orderBy && { orderBy }),
      ...(expand && { expand: expand.join(',') }),
    }
    return listOf(
      rest,
      { operation: searchProjects, input: { query: asked }, map: asIs, largest: 100 },
      options,
    )
  },
  get: (project, { expand, ...options } = {}) =>
    rest.call(
      getProject,
      { path: { projectIdOrKey: project }, query: { ...(expand && { expand: expand.join(',') }) } },
      options,
    ),
  statuses: (project, options) => rest.call(getAllStatuses, { path: { projectIdOrKey: project } }, options),
  roles: (project, options) => rest.call(getProjectRoles, { path: { projectIdOrKey: project } }, options),
  role: (project, id, options) =>
    rest.call(getProjectRole, { path: { projectIdOrKey: project, id } }, options),
})
