import type { CallOptions, Rest } from '@telamon/rest'
import type { Sleep } from '@telamon/rest/surface'

import {
  getBulkOperationProgress,
  submitBulkDelete,
  submitBulkEdit,
  submitBulkMove,
  submitBulkTransition,
  submitBulkUnwatch,
  submitBulkWatch,
} from '../generated/platform/operations.gen.ts'
import type {
  BulkOperationProgress,
  JiraIssueFields,
  SubmittedBulkOperation,
  TargetToSourcesMappingInput,
} from '../generated/platform/types.gen.ts'
import { type WatchOptions, watch } from './tasks.ts'

/** Which issues, at most 1,000, by key or id. */
interface Chosen {
  readonly issues: readonly string[]
  /** Whether one e-mail tells of it all. Default: true. */
  readonly notify?: boolean
}

/** New values for several issues. */
export interface BulkEdit extends Chosen {
  /** At most 200 fields, in the form that this operation has for each kind. */
  readonly fields: JiraIssueFields
  /** The ids of the fields that are meant, such as `priority`. */
  readonly fieldIds: readonly string[]
}

/** A move of several issues to another project or issue type. */
export interface BulkMove extends Chosen {
  readonly projectId: string
  readonly issueTypeId: string
  /** What of the rest Jira may choose by itself. Default: all of it. */
  readonly mapping?: Omit<TargetToSourcesMappingInput, 'issueIdsOrKeys'>
}

/** Work that goes on at Jira. */
export interface Submitted {
  readonly id: string
}

/** Changes of many issues at once, which Jira carries out by itself. They need the global permission for bulk changes. */
export interface Bulk {
  /** `submitBulkEdit` */
  readonly edit: (change: BulkEdit, options?: CallOptions) => Promise<Submitted>
  /** All issues have to allow the transition. `submitBulkTransition` */
  readonly transition: (
    change: Chosen & { readonly transitionId: string },
    options?: CallOptions,
  ) => Promise<Submitted>
  /** `submitBulkMove` */
  readonly move: (change: BulkMove, options?: CallOptions) => Promise<Submitted>
  /** Cannot be undone. `submitBulkDelete` */
  readonly remove: (change: Chosen, options?: CallOptions) => Promise<Submitted>
  /** `submitBulkWatch` */
  readonly watchIssues: (issues: readonly string[], options?: CallOptions) => Promise<Submitted>
  /** `submitBulkUnwatch` */
  readonly unwatchIssues: (issues: readonly string[], options?: CallOptions) => Promise<Submitted>
  /** `getBulkOperationProgress` */
  readonly progress: (id: string, options?: CallOptions) => Promise<BulkOperationProgress>
  /** Looks at the progress again and again until the work is over, well or badly. `getBulkOperationProgress` */
  readonly follow: (id: string, options?: WatchOptions) => AsyncIterable<BulkOperationProgress>
}

/** Binds bulk changes to a connection. */
export const bulk = ({ call }: Rest, sleep: Sleep): Bulk => {
  const progress: Bulk['progress'] = (taskId, options) =>
    call(getBulkOperationProgress, { path: { taskId } }, options)
  return {
    async edit({ issues, fields, fieldIds, notify }, options) {
      const body = { ...chosen({ issues, notify }), editedFieldsInput: fields, selectedActions: fieldIds }
      return idOf(await call(submitBulkEdit, { body }, options))
    },
    async transition({ issues, transitionId, notify }, options) {
      const body = {
        bulkTransitionInputs: [{ selectedIssueIdsOrKeys: issues, transitionId }],
        ...noted(notify),
      }
      return idOf(await call(submitBulkTransition, { body }, options))
    },
    async move({ issues, projectId, issueTypeId, mapping = everything, notify }, options) {
      const target = { ...mapping, issueIdsOrKeys: issues }
      const body = { targetToSourcesMapping: { [`${projectId},${issueTypeId}`]: target }, ...noted(notify) }
      return idOf(await call(submitBulkMove, { body }, options))
    },
    remove: async ({ issues, notify }, options) =>
      idOf(await call(submitBulkDelete, { body: chosen({ issues, notify }) }, options)),
    watchIssues: async (issues, options) =>
      idOf(await call(submitBulkWatch, { body: { selectedIssueIdsOrKeys: issues } }, options)),
    unwatchIssues: async (issues, options) =>
      idOf(await call(submitBulkUnwatch, { body: { selectedIssueIdsOrKeys: issues } }, options)),
    progress,
    follow: (id, options) => watch((own) => progress(id, own), sleep, options),
  }
}

const everything = {
  inferClassificationDefaults: true,
  inferFieldDefaults: true,
  inferStatusDefaults: true,
  inferSubtaskTypeDefault: true,
}

const noted = (notify: boolean | undefined): { readonly sendBulkNotification?: boolean } =>
  notify === undefined ? {} : { sendBulkNotification: notify }

const chosen = ({
  issues,
  notify,
}: {
  readonly issues: readonly string[]
  readonly notify: boolean | undefined
}): {
  readonly selectedIssueIdsOrKeys: readonly string[]
  readonly sendBulkNotification?: boolean
} => ({ selectedIssueIdsOrKeys: issues, ...noted(notify) })

const idOf = ({ taskId = '' }: SubmittedBulkOperation): Submitted => ({ id: taskId })
