/**
 * A value that may be awaited, or the end of the signal, whichever comes first. What comes after the end is given to
 * `late`, which frees what it holds. A source that ignores its signal can so hold nobody up.
 */
export function orAbort<Value>(
  value: Value | Promise<Value>,
  signal: AbortSignal,
  late?: (value: Value) => unknown,
): Promise<Value> {
  return new Promise((resolve, reject: (reason: unknown) => void) => {
    let over = false
    const stop = (): void => {
      over = true
      reject(signal.reason)
    }
    const settle = (end: () => void): void => {
      signal.removeEventListener('abort', stop)
      end()
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
    Promise.resolve(value).then(
      (came) => settle(() => (over ? late?.(came) : resolve(came))),
      (error: unknown) => settle(() => reject(error)),
    )
  })
}
