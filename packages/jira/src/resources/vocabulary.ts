import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  findGroups,
  getAllLabels,
  getIssueAllTypes,
  getPriorities,
  getStatuses,
  searchResolutions,
} from '../generated/platform/operations.gen.ts'
import type {
  FoundGroup,
  IssueTypeDetails,
  Priority,
  ResolutionJsonBean,
  StatusDetails,
} from '../generated/platform/types.gen.ts'

/** The words of a site: what issues can be, have and carry. */
export interface Vocabulary {
  /** `getIssueAllTypes` */
  readonly issueTypes: (options?: CallOptions) => Promise<readonly IssueTypeDetails[]>
  /** `getStatuses` */
  readonly statuses: (options?: CallOptions) => Promise<readonly StatusDetails[]>
  /** Deprecated at Atlassian, and without a successor that people who are no administrators may call. `getPriorities` */
  readonly priorities: (options?: CallOptions) => Promise<readonly Priority[]>
  /** `searchResolutions` */
  readonly resolutions: (options?: ListOptions) => List<ResolutionJsonBean>
  /** `getAllLabels` */
  readonly labels: (options?: ListOptions) => List<string>
  /** By part of a name. At most 20. `findGroups` */
  readonly groups: (query: string, options?: CallOptions) => Promise<readonly FoundGroup[]>
}

/** Binds the words of a site to a connection. */
export const vocabulary = (rest: Rest): Vocabulary => ({
  issueTypes: (options) => rest.call(getIssueAllTypes, {}, options),
  statuses: (options) => rest.call(getStatuses, {}, options),
  priorities: (options) => rest.call(getPriorities, {}, options),
  resolutions: (options) =>
    listOf(rest, { operation: searchResolutions, input: {}, map: asIs, largest: 50 }, options),
  labels: (options) =>
    listOf(rest, { operation: getAllLabels, input: {}, map: asIs, largest: 1000 }, options),
  async groups(query, options) {
    const answer = await rest.call(findGroups, { query: { query, maxResults: 20 } }, options)
    return answer.groups ?? []
  },
})
