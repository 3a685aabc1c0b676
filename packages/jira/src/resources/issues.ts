import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import type { FieldMap } from '../custom-fields.ts'
import {
  assignIssue,
  bulkFetchIssues,
  createIssue,
  createIssues,
  deleteIssue,
  editIssue,
  getChangeLogs,
  getCreateIssueMetaIssueTypeId,
  getCreateIssueMetaIssueTypes,
  getEditIssueMeta,
  getIssue,
} from '../generated/platform/operations.gen.ts'
import type {
  BulkOperationErrorResult,
  Changelog,
  CreatedIssue,
  FieldCreateMetadata,
  FieldUpdateOperation,
  IssueError,
  IssueTypeIssueCreateMetadata,
  IssueUpdateMetadata,
} from '../generated/platform/types.gen.ts'
import {
  type Expansion,
  type FieldNameOf,
  type FieldsOf,
  type IssueView,
  type ReadOptions,
  idsOf,
  viewOf,
} from '../views.ts'
import { type WritableFields, encodeFields } from '../writing.ts'
import {
  type Transition,
  type TransitionOptions,
  type TransitionTarget,
  transitionsOf,
} from './transitions.ts'

/** What a change of an issue may be told. */
export interface WriteOptions extends CallOptions {
  /** Sent as it is beside the fields, and wins over them: fields by id, from settings or a person. */
  readonly raw?: Readonly<Record<string, unknown>>
  /** Steps in place of values, such as `{ labels: [{ add: 'urgent' }] }`. */
  readonly update?: Readonly<Record<string, readonly FieldUpdateOperation[]>>
}

/** What an edit may be told. */
export interface EditOptions extends WriteOptions {
  /** Whether watchers are told by e-mail. Switching it off needs an administrator. Default: true. */
  readonly notify?: boolean
}

/** Many issues, and what could not be had or done. */
export interface Many<Item, Fault> {
  readonly issues: readonly Item[]
  readonly errors: readonly Fault[]
}

/** Issues, one by one or by the dozen. A key such as `DEMO-12` or an id names an issue. */
export interface Issues<Map extends FieldMap> {
  /** One issue, by default with all its fields. `getIssue` */
  readonly get: <
    const Names extends readonly FieldNameOf<Map>[] = readonly [],
    const Expanded extends readonly Expansion[] = readonly [],
  >(
    issue: string,
    options?: ReadOptions<Map, Names, Expanded> & CallOptions,
  ) => Promise<IssueView<FieldsOf<Map, Names>, Expanded[number]>>
  /** Any number of issues, by ascending id. Those not found or not visible are named in `errors`. 100 a call. `bulkFetchIssues` */
  readonly getMany: <
    const Names extends readonly FieldNameOf<Map>[] = readonly [],
    const Expanded extends readonly Expansion[] = readonly [],
  >(
    issues: readonly string[],
    options?: ReadOptions<Map, Names, Expanded> & CallOptions,
  ) => Promise<Many<IssueView<FieldsOf<Map, Names>, Expanded[number]>, IssueError>>
  /** Needs project, issue type and summary, and what the project requires. `createIssue` */
  readonly create: (fields: WritableFields<Map>, options?: WriteOptions) => Promise<CreatedIssue>
  /** Any number of issues, 50 a call, in order. A call that fails ends it: the ones before are made. `createIssues` */
  readonly createMany: (
    issues: readonly WritableFields<Map>[],
    options?: CallOptions,
  ) => Promise<Many<CreatedIssue, BulkOperationErrorResult>>
  /** Changes the fields named and leaves the others. `editIssue` */
  readonly edit: (issue: string, fields: WritableFields<Map>, options?: EditOptions) => Promise<void>
  /** `null` for nobody. `assignIssue` */
  readonly assign: (issue: string, accountId: string | null, options?: CallOptions) => Promise<void>
  /** Cannot be undone. With subtasks it is refused unless they may go too. `deleteIssue` */
  readonly remove: (issue: string, options?: CallOptions & { readonly subtasks?: boolean }) => Promise<void>
  /** What can be done with the issue now, by this person. `getTransitions` */
  readonly transitions: (
    issue: string,
    options?: CallOptions & { readonly withFields?: boolean },
  ) => Promise<readonly Transition[]>
  /**
   * Moves the issue along its workflow, and gives the transition that was done. A name or a status is looked up first,
   * without regard to case; where none fits, or several do, nothing is done. `doTransition`, `getTransitions`
   */
  readonly transition: (
    issue: string,
    target: TransitionTarget,
    options?: TransitionOptions<Map>,
  ) => Promise<Transition>
  /** What was changed, oldest first. `getChangeLogs` */
  readonly changelog: (issue: string, options?: ListOptions) => List<Changelog>
  /** What of the issue can be edited, with the values allowed. `getEditIssueMeta` */
  readonly editable: (issue: string, options?: CallOptions) => Promise<IssueUpdateMetadata>
  /** The types of issue that can be created in a project, by its key or id. `getCreateIssueMetaIssueTypes` */
  readonly createTypes: (project: string, options?: ListOptions) => List<IssueTypeIssueCreateMetadata>
  /** The fields for creating an issue of a type, with the values allowed. `getCreateIssueMetaIssueTypeId` */
  readonly createFields: (
    project: string,
    issueTypeId: string,
    options?: ListOptions,
  ) => List<FieldCreateMetadata>
}

/** Binds issues to a connection. */
export function issues<Map extends FieldMap>(rest: Rest, map: Map): Issues<Map> {
  const { call } = rest
  return {
    async get(issue, { fields, fieldIds, expand, ...options } = {}) {
      const reading = { ...(fields && { fields }), ...(fieldIds && { fieldIds }) }
      const ids = idsOf(map, reading)
      const query = { ...(ids && { fields: ids }), ...(expand && { expand: expand.join(',') }) }
      return viewOf(map, await call(getIssue, { path: { issueIdOrKey: issue }, query }, options), reading)
    },
    async getMany(keys, { fields, fieldIds, expand, ...options } = {}) {
      const reading = { ...(fields && { fields }), ...(fieldIds && { fieldIds }) }
      const wanted = idsOf(map, reading) ?? ['*navigable']
      const answers = await inChunks(keys, 100, (chunk) =>
        call(
          bulkFetchIssues,
          { body: { issueIdsOrKeys: chunk, fields: wanted, ...(expand && { expand }) } },
          options,
        ),
      )
      return {
        issues: answers.flatMap((answer) => answer.issues ?? []).map((found) => viewOf(map, found, reading)),
        errors: answers.flatMap((answer) => answer.issueErrors ?? []),
      }
    },
    create: (fields, { raw, update, ...options } = {}) =>
      call(
        createIssue,
        { body: { fields: encodeFields(map, fields, raw), ...(update && { update }) } },
        options,
      ),
    async createMany(all, options) {
      const answers = await inChunks(all, 50, (chunk) =>
        call(
          createIssues,
          { body: { issueUpdates: chunk.map((fields) => ({ fields: encodeFields(map, fields) })) } },
          options,
        ),
      )
      return {
        issues: answers.flatMap((answer) => answer.issues ?? []),
        errors: answers.flatMap((answer) => answer.errors ?? []),
      }
    },
    async edit(issue, fields, { raw, update, notify, ...options } = {}) {
      await call(
        editIssue,
        {
          path: { issueIdOrKey: issue },
          query: { ...(notify !== undefined && { notifyUsers: notify }) },
          body: { fields: encodeFields(map, fields, raw), ...(update && { update }) },
        },
        options,
      )
    },
    async assign(issue, accountId, options) {
      await call(assignIssue, { path: { issueIdOrKey: issue }, body: { accountId } }, options)
    },
    async remove(issue, { subtasks, ...options } = {}) {
      const query =
        subtasks === undefined ? {} : { deleteSubtasks: subtasks ? ('true' as const) : ('false' as const) }
      await call(deleteIssue, { path: { issueIdOrKey: issue }, query }, options)
    },
    ...transitionsOf(rest, map),
    changelog: (issue, options) =>
      listOf(
        rest,
        { operation: getChangeLogs, input: { path: { issueIdOrKey: issue } }, map: asIs, largest: 100 },
        options,
      ),
    editable: (issue, options) => call(getEditIssueMeta, { path: { issueIdOrKey: issue } }, options),
    createTypes: (project, options) =>
      listOf(
        rest,
        {
          operation: getCreateIssueMetaIssueTypes,
          input: { path: { projectIdOrKey: project } },
          map: asIs,
          largest: 200,
        },
        options,
      ),
    createFields: (project, issueTypeId, options) =>
      listOf(
        rest,
        {
          operation: getCreateIssueMetaIssueTypeId,
          input: { path: { projectIdOrKey: project, issueTypeId } },
          map: asIs,
          largest: 200,
        },
        options,
      ),
  }
}

async function inChunks<Item, Result>(
  items: readonly Item[],
  size: number,
  send: (chunk: readonly Item[]) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let at = 0; at < items.length; at += size) results.push(await send(items.slice(at, at + size)))
  return results
}
