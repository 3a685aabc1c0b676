import type { Writable } from 'node:stream'

/** The host's side of the pipe: one message a line. */
export interface Output {
  readonly send: (message: Buffer) => void
  /** Resolves when what was sent has left the process, or cannot any more. */
  readonly flush: () => Promise<void>
  /** Aborted when the host has closed its end. */
  readonly closed: AbortSignal
}

const lineFeed = Buffer.from('\n')

/** Writes messages as lines. After the other end is closed, nothing is written and nothing is thrown. */
export function createOutput(stream: Writable): Output {
  const closing = new AbortController()
  const close = (): void => closing.abort()
  stream.on('error', close)
  stream.once('close', close)
  return {
    closed: closing.signal,
    send(message) {
      if (closing.signal.aborted) return
      stream.cork()
      stream.write(message)
      stream.write(lineFeed)
      stream.uncork()
    },
    flush: () =>
      new Promise((resolve) => {
        if (closing.signal.aborted || stream.destroyed) return resolve()
        closing.signal.addEventListener('abort', () => resolve())
        stream.write('', () => resolve())
      }),
  }
}
