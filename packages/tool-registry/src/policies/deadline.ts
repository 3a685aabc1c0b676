/** Calls back after so many milliseconds, unless it is told not to. */
export type After = (milliseconds: number, callback: () => void) => () => void

/** The clock of the process. A waiting timer does not keep the process alive. */
export const afterReally: After = (milliseconds, callback) => {
  const timer = setTimeout(callback, milliseconds)
  timer.unref()
  return () => clearTimeout(timer)
}

/** Why a run had to end before it was done. */
export type Cut = 'timed_out' | 'cancelled'

/** What a deadline is made of. */
export interface DeadlineOptions {
  readonly milliseconds: number
  readonly after: After
  /** Signals of the caller. */
  readonly signals: readonly AbortSignal[]
}

/**
 * Runs work under one signal that ends with the deadline or with any of the caller's signals. Answers the cut at once,
 * also when the work does not listen to its signal. Work whose caller has hung up already does not begin.
 */
export async function withDeadline<Value>(
  { milliseconds, after, signals }: DeadlineOptions,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly cut: Cut }> {
  if (signals.some((signal) => signal.aborted)) return { cut: 'cancelled' }
  const controller = new AbortController()
  const { promise, resolve } = Promise.withResolvers<{ readonly cut: Cut }>()
  const end = (cut: Cut): void => {
    resolve({ cut })
    controller.abort(
      new DOMException(
        cut === 'timed_out' ? 'The deadline has passed.' : 'The caller hung up.',
        'AbortError',
      ),
    )
  }
  const hangUp = (): void => end('cancelled')
  const stop = after(milliseconds, () => end('timed_out'))
  for (const signal of signals) signal.addEventListener('abort', hangUp, { once: true })
  try {
    return await Promise.race([promise, work(controller.signal).then((value) => ({ value }))])
  } finally {
    stop()
    for (const signal of signals) signal.removeEventListener('abort', hangUp)
  }
}
