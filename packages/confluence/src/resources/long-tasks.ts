import type { CallOptions, Rest } from '@telamon/rest'
import type { Sleep } from '@telamon/rest/surface'

import { getTask } from '../generated/v1/operations.gen.ts'
import type { LongTaskStatusWithLinks } from '../generated/v1/types.gen.ts'

/** Work that goes on at Confluence. */
export interface StartedTask {
  readonly id: string
}

/** How long work is looked after. */
export interface WatchOptions extends CallOptions {
  /** Between two looks, in milliseconds. Default: 1,000, and longer the longer it takes, up to 10,000. */
  readonly everyMs?: number
}

/** Long work: archiving, copying a tree. */
export interface LongTasks {
  /** `getTask` of version 1 */
  readonly get: (taskId: string, options?: CallOptions) => Promise<LongTaskStatusWithLinks>
  /** Looks at the task again and again until it is over; `successful` tells how. `getTask` of version 1 */
  readonly watch: (taskId: string, options?: WatchOptions) => AsyncIterable<LongTaskStatusWithLinks>
}

/** Binds long work to a connection. */
export const longTasks = ({ call }: Rest, sleep: Sleep): LongTasks => {
  const get: LongTasks['get'] = (id, options) => call(getTask, { path: { id } }, options)
  return {
    get,
    async *watch(taskId, { everyMs, ...options } = {}) {
      const { signal = new AbortController().signal } = options
      for (let wait = everyMs ?? 1000; ; wait = everyMs ?? Math.min(wait * 1.5, 10_000)) {
        const state = await get(taskId, options)
        yield state
        if (state.finished) return
        try {
          await sleep(wait, { signal })
        } catch (error) {
          // After an abort the next look says so, in the words of the runtime.
          if (!signal.aborted) throw error
        }
      }
    },
  }
}
