import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

type Handler = (request: Request) => Promise<Response>

/**
 * A handler of requests as Node's HTTP takes it. Where the handler throws, or the body of its answer breaks off, the
 * connection is reset: other adapters would make an answer of it, and a simulator has to be able to break connections.
 */
export function nodeListener(
  handler: Handler,
  origin: string,
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    const gone = new AbortController()
    outgoing.once('close', () => gone.abort(new DOMException('The client has gone.', 'AbortError')))
    answer(handler, { incoming, outgoing, origin, signal: gone.signal }).catch(() => {
      // What was sent of a body arrives, and then nothing.
      if (outgoing.headersSent) incoming.socket.destroySoon()
      else incoming.socket.resetAndDestroy()
    })
  }
}

interface Exchange {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly origin: string
  readonly signal: AbortSignal
}

async function answer(handler: Handler, { incoming, outgoing, origin, signal }: Exchange): Promise<void> {
  const { method = 'GET', url = '/', headers, headersDistinct } = incoming
  const hasBody = method !== 'GET' && method !== 'HEAD'
  // The host of the request tells sites apart where several names lead here.
  const { protocol } = new URL(origin)
  const request = new Request(new URL(url, `${protocol}//${headers.host ?? new URL(origin).host}`), {
    method,
    headers: Object.entries(headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    ),
    signal,
    ...(hasBody && { body: Readable.toWeb(incoming), duplex: 'half' }),
  })
  const response = await handler(request)
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies)
  outgoing.writeHead(response.status)
  if (!response.body) {
    outgoing.end()
    return
  }
  for await (const piece of response.body) {
    if (signal.aborted) return
    if (!outgoing.write(piece)) await drained(outgoing, signal)
  }
  outgoing.end()
}

function drained(outgoing: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('drain', resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
