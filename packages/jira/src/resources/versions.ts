import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  createComponent,
  createVersion,
  deleteAndReplaceVersion,
  deleteComponent,
  getComponent,
  getProjectComponentsPaginated,
  getProjectVersionsPaginated,
  getVersion,
  updateComponent,
  updateVersion,
} from '../generated/platform/operations.gen.ts'
import type {
  ComponentWithIssueCount,
  ProjectComponent,
  ProjectComponentInput,
  Version,
  VersionInput,
} from '../generated/platform/types.gen.ts'

/** Which versions or components of a project to list. */
export interface PartSearch extends ListOptions {
  /** Part of a name or description, without regard to case. */
  readonly query?: string
}

/** Versions of projects. */
export interface Versions {
  /** `getProjectVersionsPaginated` */
  readonly list: (
    project: string,
    search?: PartSearch & { readonly status?: readonly ('released' | 'unreleased' | 'archived')[] },
  ) => List<Version>
  /** `getVersion` */
  readonly get: (versionId: string, options?: CallOptions) => Promise<Version>
  /** Needs a name and `projectId`. Days are written `2026-11-23`. `createVersion` */
  readonly create: (version: VersionInput, options?: CallOptions) => Promise<Version>
  /** `updateVersion` */
  readonly update: (versionId: string, change: VersionInput, options?: CallOptions) => Promise<Version>
  /** Marks it as released, on a day such as `2026-11-23`. Open issues may move on to another version. `updateVersion` */
  readonly release: (
    versionId: string,
    release: { readonly date: string; readonly moveOpenIssuesTo?: string },
    options?: CallOptions,
  ) => Promise<Version>
  /** Cannot be undone. Issues lose the version unless another takes its place. `deleteAndReplaceVersion` */
  readonly remove: (
    versionId: string,
    options?: CallOptions & { readonly moveIssuesTo?: number },
  ) => Promise<void>
}

/** Components of projects. */
export interface Components {
  /** `getProjectComponentsPaginated` */
  readonly list: (project: string, search?: PartSearch) => List<ComponentWithIssueCount>
  /** `getComponent` */
  readonly get: (componentId: string, options?: CallOptions) => Promise<ProjectComponent>
  /** Needs a name and `project`, its key. `createComponent` */
  readonly create: (component: ProjectComponentInput, options?: CallOptions) => Promise<ProjectComponent>
  /** `updateComponent` */
  readonly update: (
    componentId: string,
    change: ProjectComponentInput,
    options?: CallOptions,
  ) => Promise<ProjectComponent>
  /** Cannot be undone. `deleteComponent` */
  readonly remove: (
    componentId: string,
    options?: CallOptions & { readonly moveIssuesTo?: string },
  ) => Promise<void>
}

/** Binds versions to a connection. */
export const versions = (rest: Rest): Versions => ({
  list: (project, { query, status, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: getProjectVersionsPaginated,
        input: {
          path: { projectIdOrKey: project },
          query: { ...(query !== undefined && { query }), ...(status && { status: status.join(',') }) },
        },
        map: asIs,
        largest: 50,
      },
      options,
    ),
  get: (id, options) => rest.call(getVersion, { path: { id } }, options),
  create: (body, options) => rest.call(createVersion, { body }, options),
  update: (id, body, options) => rest.call(updateVersion, { path: { id }, body }, options),
  release(id, { date, moveOpenIssuesTo }, options) {
    const body = {
      released: true,
      releaseDate: date,
      ...(moveOpenIssuesTo !== undefined && { moveUnfixedIssuesTo: moveOpenIssuesTo }),
    }
    return rest.call(updateVersion, { path: { id }, body }, options)
  },
  async remove(id, { moveIssuesTo, ...options } = {}) {
    const body =
      moveIssuesTo === undefined ? {} : { moveAffectedIssuesTo: moveIssuesTo, moveFixIssuesTo: moveIssuesTo }
    await rest.call(deleteAndReplaceVersion, { path: { id }, body }, options)
  },
})

/** Binds components to a connection. */
export const components = (rest: Rest): Components => ({
  list: (project, { query, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: getProjectComponentsPaginated,
        input: { path: { projectIdOrKey: project }, query: { ...(query !== undefined && { query }) } },
        map: asIs,
        largest: 50,
      },
      options,
    ),
  get: (id, options) => rest.call(getComponent, { path: { id } }, options),
  create: (body, options) => rest.call(createComponent, { body }, options),
  update: (id, body, options) => rest.call(updateComponent, { path: { id }, body }, options),
  async remove(id, { moveIssuesTo, ...options } = {}) {
    await rest.call(
      deleteComponent,
      { path: { id }, query: { ...(moveIssuesTo !== undefined && { moveIssuesTo }) } },
      options,
    )
  },
})
