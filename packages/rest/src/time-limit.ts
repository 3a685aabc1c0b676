/** Why an attempt ended early: our own limit, or the caller's signal. */
export type EarlyEnd = 'timeout' | 'aborted'

/** One signal for everything an attempt waits for, with a limit that changes from stage to stage. */
export interface TimeLimit {
  readonly signal: AbortSignal
  /** Replaces the limit that runs. `Infinity`: none. */
  readonly restart: (milliseconds: number) => void
  /**
   * A promise, or the end of this limit, whichever comes first; one at a time. What comes after the end is given to
   * `late`, which frees what it holds. A source that ignores its signal can so hold nobody up.
   */
  readonly race: <Value>(promise: Promise<Value>, late?: (value: Value) => unknown) => Promise<Value>
  /** Lets go of the timer and of the caller's signal for good. */
  readonly stop: () => void
  readonly ended: () => EarlyEnd | undefined
}

/** The longest that `setTimeout` counts. */
const longestTimer = 2_147_483_647

/** Ends with the caller's signal. Holds one listener on it until `stop`, however long the signal lives. */
export function createTimeLimit(outer: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController()
  const { signal } = controller
  let why: EarlyEnd | undefined
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Ends the race that runs. Called directly: a listener on the signal would cost more than the rest of an attempt's limit. */
  let lose: ((reason: unknown) => void) | undefined

  function end(reason: EarlyEnd, cause: unknown): void {
    why ??= reason
    clearTimeout(timer)
    controller.abort(cause)
    lose?.(signal.reason)
  }
  const onAbort = (): void => end('aborted', outer?.reason)
  const onTimeout = (): void => end('timeout', new DOMException('The time limit has passed.', 'TimeoutError'))

  if (outer?.aborted === true) onAbort()
  else outer?.addEventListener('abort', onAbort, { once: true })

  function race<Value>(promise: Promise<Value>, late?: (value: Value) => unknown): Promise<Value> {
    return new Promise((resolve, reject: (reason: unknown) => void) => {
      lose = reject
      if (why !== undefined) reject(signal.reason)
      promise.then((value) => (why === undefined ? resolve(value) : late?.(value)), reject)
    })
  }

  return {
    signal,
    restart: (milliseconds) => {
      clearTimeout(timer)
      if (stopped || why !== undefined || milliseconds > longestTimer) return
      timer = setTimeout(onTimeout, Math.max(0, milliseconds))
    },
    race,
    stop: () => {
      stopped = true
      clearTimeout(timer)
      outer?.removeEventListener('abort', onAbort)
    },
    ended: () => why,
  }
}
