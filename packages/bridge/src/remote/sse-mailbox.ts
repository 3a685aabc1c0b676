import { readMessages } from '../message.ts'
import { HttpError } from '../network/http-error.ts'
import type { HttpAnswer } from '../network/http.ts'

/** Sorts what comes by one stream: answers to those who wait for them, all else to whoever listens. */
export interface Mailbox {
  readonly put: (bytes: Buffer) => void
  /** Waits for the answer to a request. */
  readonly expect: (key: string, options: ExpectOptions) => Letter
  /** Hands over what is no answer, as an event stream, until the stream ends. */
  readonly read: HttpAnswer['read']
  readonly isClosed: () => boolean
  /** Ends it: whoever waits is told why. */
  readonly close: (reason: unknown) => void
}

/** How long an answer is waited for. */
interface ExpectOptions {
  readonly signal?: AbortSignal
  /** Milliseconds without a message on the stream after which it is given up. 0: never. */
  readonly silenceMs: number
}

/** An answer that is on its way. */
interface Letter {
  readonly read: HttpAnswer['read']
  readonly giveUp: () => void
}

interface Waiting {
  readonly resolve: (bytes: Buffer) => void
  readonly reject: (error: Error) => void
  readonly touch: () => void
}

/** Messages that are kept for a listener who has not come yet. */
const maxEarly = 1_000

/** Makes a mailbox. */
export function createMailbox(): Mailbox {
  const waiting = new Map<string, Waiting>()
  let early: Buffer[] = []
  let listener: ((chunk: Buffer) => void) | undefined
  let end: ((error: Error) => void) | undefined
  let closed: Error | undefined

  function tell(bytes: Buffer): void {
    const event = Buffer.concat([Buffer.from('data: '), bytes, Buffer.from('\n\n')])
    if (listener) listener(event)
    else if (early.length < maxEarly) early.push(event)
  }

  return {
    put(bytes) {
      for (const { touch } of waiting.values()) touch()
      for (const message of readMessages(bytes)) {
        if (message.kind === 'fault') continue // One bad event says nothing of the others.
        const letter = message.kind === 'answer' && message.key !== undefined && waiting.get(message.key)
        if (letter) letter.resolve(message.bytes)
        else if (message.kind !== 'answer') tell(message.bytes)
      }
    },
    expect(key, { signal, silenceMs }) {
      const { promise: arrived, resolve, reject } = deferred<Buffer>()
      let timer: NodeJS.Timeout | undefined
      const settle = (): void => {
        clearTimeout(timer)
        waiting.delete(key)
        signal?.removeEventListener('abort', giveUp)
      }
      const fail = (error: Error): void => {
        settle()
        reject(error)
      }
      const giveUp = (): void => fail(new HttpError('aborted', 'The request was given up.'))
      const touch = (): void => {
        clearTimeout(timer)
        if (silenceMs > 0) timer = setTimeout(() => fail(silent(silenceMs)), silenceMs)
      }
      const take = (bytes: Buffer): void => {
        settle()
        resolve(bytes)
      }
      arrived.catch(() => undefined) // Heard by whoever reads; nobody may.
      touch()
      waiting.set(key, { touch, reject: fail, resolve: take })
      if (closed) fail(closed)
      else if (signal?.aborted) giveUp()
      else signal?.addEventListener('abort', giveUp)
      return { read: async (onChunk) => onChunk(await arrived), giveUp }
    },
    read: (onChunk) =>
      new Promise((_resolve, reject) => {
        if (closed) return reject(closed)
        for (const event of early) onChunk(event)
        early = []
        listener = onChunk
        end = reject
      }),
    isClosed: () => closed !== undefined,
    close(reason) {
      closed ??= reason instanceof Error ? reason : new HttpError('interrupted', 'The stream ended.')
      for (const { reject } of waiting.values()) reject(closed)
      end?.(closed)
    },
  }
}

function silent(silenceMs: number): HttpError {
  return new HttpError('silent', `The server sent nothing for ${Math.round(silenceMs / 1_000)} seconds.`)
}

/** A promise that is settled from outside. Node 20 has no `Promise.withResolvers`. */
function deferred<Value>(): {
  readonly promise: Promise<Value>
  readonly resolve: (value: Value) => void
  readonly reject: (error: Error) => void
} {
  const settlers: { resolve?: (value: Value) => void; reject?: (error: Error) => void } = {}
  const promise = new Promise<Value>((resolve, reject) => Object.assign(settlers, { resolve, reject }))
  return {
    promise,
    resolve: (value) => settlers.resolve?.(value),
    reject: (error) => settlers.reject?.(error),
  }
}
