import type { Request } from './message.ts'

/** A request of the host that waits for its answer. */
export interface PendingRequest {
  readonly request: Request
  /** Aborted when the host takes the request back, and when the bridge closes. */
  readonly signal: AbortSignal
  /** Gives the answer. Only the first one counts, and none after the request was taken back. */
  readonly answer: (bytes: Buffer) => void
}

/** The requests of the host that wait for an answer. */
export interface PendingTable {
  /** Undefined when a request with this id waits already. */
  readonly open: (request: Request) => PendingRequest | undefined
  /** Takes a request back: it gets no answer any more. */
  readonly cancel: (key: string) => void
  readonly size: () => number
  /** Resolves when none waits. */
  readonly drained: () => Promise<void>
  /** Answers all that are left. */
  readonly close: (answerFor: (request: Request) => Buffer) => void
}

/** Makes a table. Every request that is opened and not taken back gets exactly one answer. */
export function createPendingTable(send: (bytes: Buffer) => void): PendingTable {
  const waiting = new Map<string, { readonly entry: PendingRequest; readonly abort: () => void }>()
  let whenEmpty: (() => void)[] = []

  function remove(key: string): boolean {
    const removed = waiting.delete(key)
    if (removed && waiting.size === 0) {
      for (const resolve of whenEmpty) resolve()
      whenEmpty = []
    }
    return removed
  }

  return {
    open(request) {
      const { key } = request
      if (waiting.has(key)) return undefined
      const controller = new AbortController()
      const entry: PendingRequest = {
        request,
        signal: controller.signal,
        answer(bytes) {
          if (waiting.get(key)?.entry === entry && remove(key)) send(bytes)
        },
      }
      waiting.set(key, { entry, abort: () => controller.abort() })
      return entry
    },
    cancel(key) {
      const found = waiting.get(key)
      remove(key)
      found?.abort()
    },
    size: () => waiting.size,
    drained: () =>
      waiting.size === 0 ? Promise.resolve() : new Promise((resolve) => whenEmpty.push(resolve)),
    close(answerFor) {
      for (const { entry, abort } of waiting.values()) {
        entry.answer(answerFor(entry.request))
        abort()
      }
    },
  }
}
