import type { Request } from './message.ts'

/** A request of the host that waits for its answer. */
export interface PendingRequest {
  readonly request: Request
  /** Whether the server may have seen it. */
  wasSent: boolean
  /** Aborted when the host takes the request back, and when the bridge closes; the reason says which. */
  readonly signal: AbortSignal
  /** Gives the answer. Only the first one counts, and none after the request was taken back. */
  readonly answer: (bytes: Buffer) => void
}

/** Why a request waits no longer without an answer of the server. */
type EndReason = 'cancelled' | 'closing'

/** The requests of the host that wait for an answer. */
export interface PendingTable {
  /** Undefined when a request with this id waits already. */
  readonly open: (request: Request) => PendingRequest | undefined
  /** Takes a request back: it gets no answer any more. */
  readonly cancel: (key: string) => void
  /** Resolves when none waits, but for subscriptions, which wait for ever. */
  readonly drained: () => Promise<void>
  /** Answers all that are left. */
  readonly close: (answerFor: (entry: PendingRequest) => Buffer) => void
}

/** Makes a table. Every request that is opened and not taken back gets exactly one answer. */
export function createPendingTable(send: (bytes: Buffer) => void): PendingTable {
  const waiting = new Map<
    string,
    { readonly entry: PendingRequest; readonly abort: (reason: EndReason) => void }
  >()
  let whenEmpty: (() => void)[] = []

  function remove(key: string): boolean {
    const removed = waiting.delete(key)
    if (whenEmpty.length > 0 && isDrained()) {
      for (const resolve of whenEmpty) resolve()
      whenEmpty = []
    }
    return removed
  }

  function isDrained(): boolean {
    return [...waiting.values()].every(({ entry }) => entry.request.method === 'subscriptions/listen')
  }

  return {
    open(request) {
      const { key } = request
      if (waiting.has(key)) return undefined
      const controller = new AbortController()
      const entry: PendingRequest = {
        request,
        wasSent: false,
        signal: controller.signal,
        answer(bytes) {
          if (waiting.get(key)?.entry === entry && remove(key)) send(bytes)
        },
      }
      waiting.set(key, { entry, abort: (reason) => controller.abort(reason) })
      return entry
    },
    cancel(key) {
      const found = waiting.get(key)
      remove(key)
      found?.abort('cancelled')
    },
    drained: () => (isDrained() ? Promise.resolve() : new Promise((resolve) => whenEmpty.push(resolve))),
    close(answerFor) {
      for (const { entry, abort } of waiting.values()) {
        entry.answer(answerFor(entry))
        abort('closing')
      }
    },
  }
}
