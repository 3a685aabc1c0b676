import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, listOf } from '@telamon/rest/surface'

import { type ListBodyFormat, type WithBody, withBody } from '../bodies.ts'
import { getTaskById, getTasks, updateTask } from '../generated/v2/operations.gen.ts'
import type { Task } from '../generated/v2/types.gen.ts'

/** Which tasks to list. */
export interface TaskSearch<Format extends ListBodyFormat | undefined> extends ListOptions {
  readonly status?: 'complete' | 'incomplete'
  readonly pageIds?: readonly string[]
  readonly blogPostIds?: readonly string[]
  readonly spaceIds?: readonly string[]
  /** Account ids. */
  readonly assignedTo?: readonly string[]
  readonly dueFrom?: Date
  readonly dueTo?: Date
  readonly body?: Format
}

/** Tasks that people ticked or did not tick in pages and posts. */
export interface Tasks {
  /** `getTasks` */
  readonly list: <const Format extends ListBodyFormat | undefined = undefined>(
    search?: TaskSearch<Format>,
  ) => List<WithBody<Task, Format>>
  /** `getTaskById` */
  readonly get: (taskId: string, options?: CallOptions) => Promise<Task>
  /** Ticks it, or takes the tick away. `updateTask` */
  readonly mark: (taskId: string, status: 'complete' | 'incomplete', options?: CallOptions) => Promise<Task>
}

/** Binds tasks to a connection. */
export const tasks = (rest: Rest): Tasks => ({
  list({ status, pageIds, blogPostIds, spaceIds, assignedTo, dueFrom, dueTo, body, ...options } = {}) {
    const query = {
      ...(status && { status }),
      ...(pageIds && { 'page-id': pageIds }),
      ...(blogPostIds && { 'blogpost-id': blogPostIds }),
      ...(spaceIds && { 'space-id': spaceIds }),
      ...(assignedTo && { 'assigned-to': assignedTo }),
      ...(dueFrom && { 'due-at-from': dueFrom.getTime() }),
      ...(dueTo && { 'due-at-to': dueTo.getTime() }),
      ...(body !== undefined && { 'body-format': body }),
    }
    return listOf(
      rest,
      { operation: getTasks, input: { query }, map: (task) => withBody(getTasks, task, body), largest: 250 },
      options,
    )
  },
  get: (id, options) => rest.call(getTaskById, { path: { id } }, options),
  mark: (id, status, options) => rest.call(updateTask, { path: { id }, body: { status } }, options),
})
