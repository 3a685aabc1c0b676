import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Duplex, Readable } from 'node:stream'
import type * as Zlib from 'node:zlib'

import type { NetworkOptions, Sender, SendOptions } from './agents.ts'
import { loadSender } from './agents.ts'
import { codeOf, explainSocketError, HttpError } from './http-error.ts'

/** One outgoing request. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer | string
  readonly signal?: AbortSignal
  /** Milliseconds without a byte after which the exchange is given up. 0 or absent: never. */
  readonly silenceMs?: number
  /** The same until the headers of the answer are there. Default: `silenceMs`. */
  readonly headersMs?: number
}

/** What came back. The body has to be read or discarded. */
export interface HttpAnswer {
  readonly status: number
  /** A header by its lower-case name. */
  readonly header: (name: string) => string | undefined
  /** The values of `Set-Cookie`, if there are any. */
  readonly cookies?: readonly string[]
  /** Hands over each piece of the body. Resolves when it is complete, rejects with `HttpError` when it is cut. */
  readonly read: (onChunk: (chunk: Buffer) => void) => Promise<void>
  /** Ends the exchange without reading the rest. */
  readonly discard: () => void
}

/** Sends a request. Rejects with `HttpError`. Follows no redirects. */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>

/** Makes a client over Node's own HTTP, with connections that are kept open between requests. Loads it on first use. */
export function createHttp(options: NetworkOptions = {}): Http & {
  readonly close: () => void
} {
  const { connectMs = 10_000, proxyFor } = options
  const senders = new Map<string, Promise<Sender>>()
  const ways = new Map<string, Promise<Sender>>()

  function senderFor(url: URL): Promise<Sender> {
    const known = ways.get(url.origin)
    if (known) return known
    const proxy = proxyFor?.(url)
    const way = `${url.protocol} ${proxy?.href ?? ''}`
    const made = senders.get(way) ?? loadSender(url.protocol, proxy, options)
    senders.set(way, made)
    ways.set(url.origin, made)
    return made
  }

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    const { start, agent } = await senderFor(request.url)
    return exchange(request, connectMs, (given) => start(request.url, { ...given, agent }))
  }

  return Object.assign(send, {
    close: () => {
      for (const made of senders.values()) void made.then(({ agent }) => agent.destroy())
    },
  })
}

/** Bytes of an unwanted body that are rather read than paid for with a new connection. */
const drained = 65_536

function exchange(
  request: HttpRequest,
  connectMs: number,
  start: (options: SendOptions) => ClientRequest,
): Promise<HttpAnswer> {
  const { method, headers, body, signal, silenceMs = 0, headersMs = silenceMs, url } = request
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const sending = start({ method, headers: { ...headers, ...length } })
    const state: ExchangeState = { connected: false, host: url.host }
    const end = (reason: HttpError): void => {
      state.reason ??= reason
      sending.destroy(reason)
    }
    const abort = (): void => end(new HttpError('aborted', 'The request was given up.'))
    sending.once('close', () => signal?.removeEventListener('abort', abort))
    sending.once('socket', (socket) => {
      state.connected = !socket.connecting
      if (state.connected) return
      const late = setTimeout(() => end(tooLate(state)), connectMs)
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        state.connected = true
        clearTimeout(late)
        socket.setKeepAlive(true, 30_000)
      })
      socket.once('close', () => clearTimeout(late))
    })
    let patience = headersMs
    if (patience > 0) sending.setTimeout(patience)
    sending.on('timeout', () => end(tooSilent(state, patience)))
    sending.once('error', (error) => reject(broken(error, state)))
    sending.once('response', (incoming) => {
      if (silenceMs !== patience) sending.setTimeout(silenceMs)
      patience = silenceMs
      resolve(answerOf(incoming, state))
    })
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort)
    sending.end(body)
  })
}

interface ExchangeState {
  connected: boolean
  /** Why we ended it ourselves. */
  reason?: HttpError
  readonly host: string
}

async function answerOf(incoming: IncomingMessage, state: ExchangeState): Promise<HttpAnswer> {
  const body = await decoded(incoming)
  return {
    status: incoming.statusCode ?? 0,
    header: (name) => {
      const value = incoming.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    ...(incoming.headers['set-cookie'] && { cookies: incoming.headers['set-cookie'] }),
    discard: () => {
      if (Number(incoming.headers['content-length']) <= drained) incoming.resume()
      else incoming.destroy()
    },
    read: (onChunk) =>
      new Promise((resolve, reject) => {
        if (body.destroyed) return reject(broken(undefined, state))
        body.on('data', (chunk: Buffer) => {
          try {
            onChunk(chunk)
          } catch (error) {
            reject(asError(error))
            incoming.destroy()
          }
        })
        body.once('end', resolve)
        body.once('error', (error) => reject(broken(error, state)))
        body.once('close', () => {
          if (!body.readableEnded) reject(broken(undefined, state))
        })
      }),
  }
}

/** The body without its content encoding. An unknown encoding is left to whoever reads the body. */
async function decoded(incoming: IncomingMessage): Promise<Readable> {
  const encoding = incoming.headers['content-encoding']
  if (encoding === undefined || !Object.hasOwn(decoders, encoding)) return incoming
  const decoder = decoders[encoding]?.(await import('node:zlib'))
  if (!decoder) return incoming
  decoder.on('error', () => incoming.destroy())
  incoming.once('error', (error) => decoder.destroy(error))
  return incoming.pipe(decoder)
}

const decoders: Readonly<Record<string, (zlib: typeof Zlib) => Duplex>> = {
  gzip: (zlib) => zlib.createGunzip(),
  deflate: (zlib) => zlib.createInflate(),
  br: (zlib) => zlib.createBrotliDecompress(),
}

/** The encodings that are understood, for `accept-encoding`. */
export const acceptedEncodings = 'gzip, br, deflate'

/** Reads a body of at most so many bytes. */
export async function readBody(answer: HttpAnswer, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  await answer.read((chunk) => {
    size += chunk.length
    if (size > limit) throw new HttpError('too_large', `The answer is larger than ${limit} bytes.`)
    chunks.push(chunk)
  })
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
}

function broken(error: unknown, { connected, host, reason }: ExchangeState): Error {
  if (reason) return reason
  if (error instanceof HttpError) return error
  if (connected)
    return new HttpError(
      'interrupted',
      `The connection with ${host} was cut before the answer was complete.`,
      error,
    )
  return new HttpError(
    'unreachable',
    `${host} cannot be reached. ${explainSocketError(codeOf(error))}`,
    error,
  )
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('The body was refused.', { cause: error })
}

function tooLate({ host }: ExchangeState): HttpError {
  return new HttpError('unreachable', `${host} cannot be reached. ${explainSocketError('ETIMEDOUT')}`)
}

function tooSilent({ host }: ExchangeState, silenceMs: number): HttpError {
  return new HttpError('silent', `${host} sent nothing for ${Math.round(silenceMs / 1_000)} seconds.`)
}
