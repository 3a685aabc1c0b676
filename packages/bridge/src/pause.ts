import type { Limits, Milliseconds } from './limits.ts'

/** Waits. Resolves early when the signal is aborted: whoever waits looks at it next anyway. */
export function pause(milliseconds: Milliseconds, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const end = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end)
  })
}

/** The pause before the given attempt (0 is the first repetition): doubling, up to a limit, with half of it random. */
export function backoff(attempt: number, { backoffMs, backoffMaxMs }: Limits): Milliseconds {
  const full = Math.min(backoffMaxMs, backoffMs * 2 ** Math.min(attempt, 20))
  return full / 2 + (Math.random() * full) / 2
}

/** A promise that rejects when the signal is aborted, for a race, and what takes it down again. */
export async function orAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (!signal) return promise
  signal.throwIfAborted()
  let abort: (() => void) | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
    signal.addEventListener('abort', abort)
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    if (abort) signal.removeEventListener('abort', abort)
  }
}
