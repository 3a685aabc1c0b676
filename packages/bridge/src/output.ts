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

/**
 * Writes messages as lines. What is sent in one turn of the event loop leaves in one piece: each piece costs a call of the
 * system, and wakes the host. After the other end is closed, nothing is written and nothing is thrown. */
export function createOutput(stream: Writable): Output {
  const closing = new AbortController()
  const close = (): void => closing.abort()
  let isGathering = false

  function leave(): void {
    if (isGathering) stream.uncork()
    isGathering = false
  }

  stream.on('error', close)
  stream.once('close', close)
  return {
    closed: closing.signal,
    send(message) {
      if (closing.signal.aborted) return
      if (!isGathering) {
        isGathering = true
        stream.cork()
        setImmediate(leave)
      }
      stream.write(message)
      stream.write(lineFeed)
    },
    flush: () =>
      new Promise((resolve) => {
        if (closing.signal.aborted || stream.destroyed) return resolve()
        leave()
        closing.signal.addEventListener('abort', () => resolve())
        stream.write('', () => resolve())
      }),
  }
}
