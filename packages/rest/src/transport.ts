import ky from 'ky'

import type { Payload } from './payload.ts'
import type { Fields } from './request.ts'

/** What one request consists of once it has its credentials. */
interface Outgoing {
  readonly address: URL
  readonly method: string
  readonly fields: Fields
  readonly payload: Payload | undefined
  readonly signal: AbortSignal
  /** Called whenever a piece of a streamed body is taken, and with `true` when the last one was. */
  readonly onProgress: (finished: boolean) => void
}

function bodyOf({ payload, onProgress }: Outgoing): string | ReadableStream | undefined {
  if (payload === undefined) return undefined
  return 'text' in payload ? payload.text : payload.stream(onProgress)
}

/** Sends one request and gives its answer, whatever the status. Repeats nothing and follows nothing. */
export type Transport = (fetch: typeof globalThis.fetch, outgoing: Outgoing) => Promise<Response>

/**
 * ky over a `fetch`, with everything of ky's own switched off that repeats, waits, throws or clones. The `fetch` is handed
 * the request as it was laid out: the `Request` that ky would make of it, with a signal of its own that follows ours, costs
 * more than all else of a call. It may give anything that behaves like a `Response`: what is used of it is `status`,
 * `headers`, `body` and `text`.
 */
export const transport: Transport = async (fetch, outgoing) => {
  const { address, method, fields, signal } = outgoing
  const body = bodyOf(outgoing)
  const streamed = body instanceof ReadableStream
  const init: RequestInit = {
    method,
    headers: fields,
    signal,
    // With any other mode `fetch` copies a streamed body aside, for a redirect, and so ends up holding all of it.
    redirect: streamed ? 'error' : 'manual',
    ...(body !== undefined && { body }),
    ...(streamed && { duplex: 'half' }),
  }
  const response: Response = await ky(address, {
    method,
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    fetch: () => fetch(address, init),
  })
  return response
}
