import type { CallOptions, Rest } from '@telamon/rest'
import type { Sleep } from '@telamon/rest/surface'

import { cancelTask, getTask } from '../generated/platform/operations.gen.ts'
import type { TaskProgressObject } from '../generated/platform/types.gen.ts'

/** How long work is looked after. */
export interface WatchOptions extends CallOptions {
  /** Between two looks, in milliseconds. Default: 1,000, and longer the longer it takes, up to 10,000. */
  readonly everyMs?: number
}

/** Long work that an operation has started: those that answer an `id` and nothing else. */
export interface Tasks {
  /** `getTask` */
  readonly get: (taskId: string, options?: CallOptions) => Promise<TaskProgressObject>
  /** Looks at the task again and again until it is over, well or badly. `getTask` */
  readonly watch: (taskId: string, options?: WatchOptions) => AsyncIterable<TaskProgressObject>
  /** Asks for an end. What is done stays done. `cancelTask` */
  readonly cancel: (taskId: string, options?: CallOptions) => Promise<void>
}

/** Binds tasks to a connection. */
export const tasks = ({ call }: Rest, sleep: Sleep): Tasks => {
  const get: Tasks['get'] = (taskId, options) => call(getTask, { path: { taskId } }, options)
  return {
    get,
    watch: (taskId, options) => watch((own) => get(taskId, own), sleep, options),
    async cancel(taskId, options) {
      await call(cancelTask, { path: { taskId } }, options)
    },
  }
}

const over: ReadonlySet<string | undefined> = new Set(['COMPLETE', 'FAILED', 'CANCELLED', 'DEAD'])

/**
 * Looks until the work is over.
 *
 * @yields Each state that was seen, the last one included.
 */
export async function* watch<State extends { readonly status?: string }>(
  look: (options: CallOptions) => Promise<State>,
  sleep: Sleep,
  { everyMs, ...options }: WatchOptions = {},
): AsyncGenerator<State> {
  const { signal = new AbortController().signal } = options
  for (let wait = everyMs ?? 1000; ; wait = everyMs ?? Math.min(wait * 1.5, 10_000)) {
    const state = await look(options)
    yield state
    if (over.has(state.status)) return
    try {
      await sleep(wait, { signal })
    } catch (error) {
      // After an abort the next look says so, in the words of the runtime.
      if (!signal.aborted) throw error
    }
  }
}
