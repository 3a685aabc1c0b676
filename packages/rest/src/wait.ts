/** Waits. Rejects when the signal fires. */
export type Sleep = (milliseconds: number, options: { readonly signal: AbortSignal }) => Promise<void>

/** Waits by the platform's timer. */
export const wait: Sleep = (milliseconds, { signal }) =>
  new Promise((resolve, reject: (reason: unknown) => void) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
