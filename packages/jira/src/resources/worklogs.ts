import type { AdfDocument } from '@telamon/adf'
import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  addWorklog,
  deleteWorklog,
  getIdsOfWorklogsDeletedSince,
  getIdsOfWorklogsModifiedSince,
  getIssueWorklog,
  getWorklog,
  getWorklogsForIds,
  updateWorklog,
} from '../generated/platform/operations.gen.ts'
import type { ChangedWorklog, Worklog, WorklogInput } from '../generated/platform/types.gen.ts'

/** Time that was spent. */
export interface TimeSpent {
  /** In seconds, or as Jira writes it: `3h 20m`. */
  readonly spent: number | string
  /** When the work began. Default: now. */
  readonly started?: Date
  readonly comment?: AdfDocument
}

/** What booking time may be told. */
export interface WorklogOptions extends CallOptions {
  /** Whether watchers are told by e-mail. Default: true. */
  readonly notify?: boolean
  /** What happens to the remaining estimate: it shrinks by the time spent, or it stays. Default: it shrinks. */
  readonly keepEstimate?: boolean
}

/** Time booked on issues. */
export interface Worklogs {
  /** `getIssueWorklog` */
  readonly list: (issue: string, options?: ListOptions) => List<Worklog>
  /** `getWorklog` */
  readonly get: (issue: string, worklogId: string, options?: CallOptions) => Promise<Worklog>
  /** `addWorklog` */
  readonly add: (issue: string, time: TimeSpent, options?: WorklogOptions) => Promise<Worklog>
  /** `updateWorklog` */
  readonly update: (
    issue: string,
    worklogId: string,
    change: Partial<TimeSpent> & WorklogOptions,
  ) => Promise<Worklog>
  /** `deleteWorklog` */
  readonly remove: (issue: string, worklogId: string, options?: WorklogOptions) => Promise<void>
  /** Of all issues that the person may see, oldest change first; the last minute is left out. `getIdsOfWorklogsModifiedSince` */
  readonly updatedSince: (moment: Date, options?: ListOptions) => List<ChangedWorklog>
  /** `getIdsOfWorklogsDeletedSince` */
  readonly deletedSince: (moment: Date, options?: ListOptions) => List<ChangedWorklog>
  /** At most 1,000. Those that the person may not see are left out. `getWorklogsForIds` */
  readonly byIds: (ids: readonly number[], options?: CallOptions) => Promise<readonly Worklog[]>
}

/** Binds booked time to a connection. */
export const worklogs = (rest: Rest): Worklogs => ({
  list: (issue, options) =>
    listOf(
      rest,
      { operation: getIssueWorklog, input: { path: { issueIdOrKey: issue } }, map: asIs, largest: 5000 },
      options,
    ),
  get: (issue, id, options) => rest.call(getWorklog, { path: { issueIdOrKey: issue, id } }, options),
  add: (issue, time, { notify, keepEstimate, ...options } = {}) =>
    rest.call(
      addWorklog,
      { path: { issueIdOrKey: issue }, query: queryOf({ notify, keepEstimate }), body: bodyOf(time) },
      options,
    ),
  update: (issue, id, { spent, started, comment, notify, keepEstimate, ...options }) =>
    rest.call(
      updateWorklog,
      {
        path: { issueIdOrKey: issue, id },
        query: queryOf({ notify, keepEstimate }),
        body: bodyOf({
          ...(spent !== undefined && { spent }),
          ...(started && { started }),
          ...(comment && { comment }),
        }),
      },
      options,
    ),
  async remove(issue, id, { notify, keepEstimate, ...options } = {}) {
    await rest.call(
      deleteWorklog,
      { path: { issueIdOrKey: issue, id }, query: queryOf({ notify, keepEstimate }) },
      options,
    )
  },
  updatedSince: (moment, options) =>
    listOf(
      rest,
      {
        operation: getIdsOfWorklogsModifiedSince,
        input: { query: { since: moment.getTime() } },
        map: asIs,
        largest: 1000,
      },
      options,
    ),
  deletedSince: (moment, options) =>
    listOf(
      rest,
      {
        operation: getIdsOfWorklogsDeletedSince,
        input: { query: { since: moment.getTime() } },
        map: asIs,
        largest: 1000,
      },
      options,
    ),
  byIds: (ids, options) => rest.call(getWorklogsForIds, { body: { ids } }, options),
})

function queryOf({
  notify,
  keepEstimate,
}: {
  readonly notify: boolean | undefined
  readonly keepEstimate: boolean | undefined
}): {
  readonly notifyUsers?: boolean
  readonly adjustEstimate?: 'leave' | 'auto'
} {
  return {
    ...(notify !== undefined && { notifyUsers: notify }),
    ...(keepEstimate !== undefined && { adjustEstimate: keepEstimate ? 'leave' : 'auto' }),
  }
}

function bodyOf({ spent, started, comment }: Partial<TimeSpent>): WorklogInput {
  return {
    ...(typeof spent === 'number' && { timeSpentSeconds: spent }),
    ...(typeof spent === 'string' && { timeSpent: spent }),
    // Jira refuses the Z of ISO 8601 here and wants an offset without a colon (documented by its examples).
    ...(started && { started: started.toISOString().replace('Z', '+0000') }),
    ...(comment && { comment }),
  }
}
