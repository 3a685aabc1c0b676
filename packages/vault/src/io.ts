import { setTimeout } from 'node:timers/promises'

/** What the vault takes from outside. Each has a default; tests hand in their own. */
export interface Io {
  readonly fetch: typeof globalThis.fetch
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Ends after so many milliseconds, or rejects as soon as the signal is aborted. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** Fills the array with bytes that nobody can guess, and returns it. */
  readonly random: (array: Uint8Array<ArrayBuffer>) => Uint8Array
}

/** The clock, the timers, the network and the randomness of the process. */
export const defaultIo: Io = {
  fetch: (input, init) => globalThis.fetch(input, init),
  now: () => Date.now(),
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { ...(signal && { signal }) }),
  random: (array) => crypto.getRandomValues(array),
}

/** So many random bytes as base64url. 32 of them are more than anybody guesses. */
export const randomText = ({ random }: Pick<Io, 'random'>, bytes: number): string =>
  Buffer.from(random(new Uint8Array(bytes))).toString('base64url')

/** A number from 0 up to, and without, 1. For jitter, not for secrets. */
export const fraction = ({ random }: Pick<Io, 'random'>): number => (random(new Uint8Array(1))[0] ?? 0) / 256

/** Bounds a piece of work in time. */
export interface Bounds extends Pick<Io, 'sleep'> {
  readonly milliseconds: number
  readonly signal?: AbortSignal
}

/**
 * Runs `work` with a signal that is aborted when the time is over or the caller's own signal is. Rejects with a
 * `TimeoutError` in the first case, also when the work does not listen.
 */
export async function within<T>(
  { milliseconds, sleep, signal }: Bounds,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const done = new AbortController()
  const late = new AbortController()
  const expiry = sleep(milliseconds, done.signal).then(() => {
    const error = new DOMException(`No answer within ${milliseconds} ms`, 'TimeoutError')
    late.abort(error)
    throw error
  })
  try {
    const either = signal === undefined ? late.signal : AbortSignal.any([late.signal, signal])
    return await Promise.race([work(either), expiry])
  } finally {
    done.abort()
  }
}

/** Waits for work that others wait for as well: an abort ends this wait, and not the work. */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const stop = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Reads a body of at most `limit` bytes as text. Rejects when there are more. */
export async function readText(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw new RangeError(`The answer is longer than ${limit} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
