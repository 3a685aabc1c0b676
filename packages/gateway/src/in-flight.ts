/** Counts what is being answered, so that a server can stop without cutting anybody off. */
export interface InFlight {
  readonly count: () => number
  /** Counts one more, until what it returns is called; calling that again does nothing. */
  readonly begin: () => () => void
  /** Resolves when nothing is being answered, or when the signal ends. */
  readonly idle: (signal: AbortSignal) => Promise<void>
}

/** Starts counting at nothing. */
export function createInFlight(): InFlight {
  let count = 0
  const waiting = new Set<() => void>()
  return {
    count: () => count,
    begin() {
      count += 1
      let open = true
      return () => {
        if (!open) return
        open = false
        count -= 1
        if (count === 0) for (const done of waiting) done()
      }
    },
    async idle(signal) {
      if (count === 0 || signal.aborted) return
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.add(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
      await promise
      waiting.delete(resolve)
    },
  }
}

/** The same answer, which tells when its stream has been delivered or given up. Other answers are over at once. */
export function untilDelivered(response: Response, done: () => void): Response {
  const streams = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  if (!streams || response.body === null) {
    done()
    return response
  }
  const reader = response.body.getReader()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done: ended, value } = await reader.read()
        if (!ended) return controller.enqueue(value)
        controller.close()
      } catch (error) {
        controller.error(error)
      }
      return done()
    },
    async cancel(reason) {
      done()
      await reader.cancel(reason)
    },
  })
  const { status, headers } = response
  return new Response(body, { status, headers })
}
