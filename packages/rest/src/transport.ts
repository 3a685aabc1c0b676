import ky from 'ky'

import type { Payload } from './payload.ts'

/** What one request consists of once it has its credentials. */
interface Outgoing {
  readonly address: URL
  readonly method: string
  readonly headers: Headers
  readonly payload: Payload | undefined
  readonly signal: AbortSignal
  /** Called whenever a piece of a streamed body is taken, and with `true` when the last one was. */
  readonly onProgress: (finished: boolean) => void
}

/** Sends one request and gives its answer, whatever the status. Repeats nothing and follows nothing. */
export type Transport = (outgoing: Outgoing) => Promise<Response>

// Reports each piece as it is taken, which is what an idle limit needs to know.
async function* reported(
  pieces: AsyncIterable<Uint8Array>,
  onProgress: Outgoing['onProgress'],
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    onProgress(false)
    yield piece
  }
  onProgress(true)
}

function bodyOf({ payload, headers, onProgress }: Outgoing): string | ReadableStream | undefined {
  if (payload === undefined) return undefined
  if ('text' in payload) return payload.text
  if (payload.length !== undefined) headers.set('content-length', String(payload.length))
  return ReadableStream.from(reported(payload.open(), onProgress))
}

/**
 * ky over a `fetch`, with everything of ky's own switched off that repeats, waits, throws or clones. The `fetch` may give
 * anything that behaves like a `Response`: what is used of it is `status`, `headers`, `body` and `text`.
 */
export function createTransport(fetch: typeof globalThis.fetch): Transport {
  return async (outgoing) => {
    const body = bodyOf(outgoing)
    const response: Response = await ky(outgoing.address, {
      method: outgoing.method,
      headers: outgoing.headers,
      ...(body !== undefined && { body }),
      signal: outgoing.signal,
      // With any other mode `fetch` copies a streamed body aside, for a redirect, and so ends up holding all of it.
      redirect: body instanceof ReadableStream ? 'error' : 'manual',
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      fetch,
    })
    return response
  }
}
