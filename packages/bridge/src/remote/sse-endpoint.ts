import { BridgeError } from '../bridge-error.ts'
import { createEventReader } from '../event-stream.ts'
import type { Limits } from '../limits.ts'
import { readMessage } from '../message.ts'
import { HttpError } from '../network/http-error.ts'
import type { HttpAnswer } from '../network/http.ts'
import type { Endpoint, EndpointRequest } from './endpoint.ts'
import type { Mailbox } from './sse-mailbox.ts'
import { createMailbox } from './sse-mailbox.ts'

/** One stream of a server, and the address it named for messages. */
interface SseConnection {
  readonly id: string
  readonly url: URL
  readonly mailbox: Mailbox
  readonly close: () => void
}

/** Milliseconds that a server may take to name the address for messages. */
const namingMs = 10_000

/**
 * Presents a server of HTTP+SSE (revision 2024-11-05) as one of Streamable HTTP, so that all else need not know: answers
 * come as the body of their request, a stream that broke is a session that was lost.
 * @see MCP 2024-11-05, Transports, HTTP with SSE
 */
export function createSseEndpoint(base: Endpoint, limits: Limits): Endpoint {
  let current: SseConnection | undefined

  async function open({ signal, patient }: EndpointRequest): Promise<SseConnection | HttpAnswer> {
    const ending = new AbortController()
    const giveUp = (): void => ending.abort()
    signal?.addEventListener('abort', giveUp)
    const answer = await base.send({
      method: 'GET',
      headers: { accept: 'text/event-stream' },
      label: 'stream',
      signal: ending.signal,
      silenceMs: 0,
      headersMs: limits.headersMs,
      ...(patient && { patient }),
    })
    const type = answer.header('content-type') ?? ''
    if (answer.status !== 200 || !type.startsWith('text/event-stream')) return answer
    const mailbox = createMailbox()
    const named = follow(answer, mailbox, limits)
    const late = setTimeout(giveUp, namingMs)
    try {
      const url = addressIn(await named, base.url)
      current = { id: crypto.randomUUID(), url, mailbox, close: giveUp }
      return current
    } catch (error) {
      ending.abort()
      throw error
    } finally {
      clearTimeout(late)
      signal?.removeEventListener('abort', giveUp) // From here on the connection closes it.
    }
  }

  async function post(request: EndpointRequest, connection: SseConnection): Promise<HttpAnswer> {
    const { mailbox, url, id } = connection
    const message = readMessage(request.body ?? Buffer.alloc(0))
    const silenceMs = request.silenceMs ?? limits.silenceMs
    const letter =
      message.kind === 'request'
        ? mailbox.expect(message.key, { silenceMs, ...(request.signal && { signal: request.signal }) })
        : undefined
    try {
      const answer = await base.send({ ...request, url, headers: withoutSession(request.headers) })
      if (answer.status < 200 || answer.status >= 300) {
        letter?.giveUp()
        return answer
      }
      answer.discard()
      return letter ? madeOf('application/json', letter.read, id) : madeOf(undefined, nothing, id)
    } catch (error) {
      letter?.giveUp()
      throw error
    }
  }

  async function send(request: EndpointRequest): Promise<HttpAnswer> {
    const session = request.headers['mcp-session-id']
    if (request.method === 'DELETE') {
      current?.close()
      return madeOf(undefined, nothing)
    }
    if (session !== undefined) {
      const connection = current
      if (connection?.id !== session || connection.mailbox.isClosed()) return lost
      return request.method === 'GET'
        ? madeOf('text/event-stream', connection.mailbox.read)
        : post(request, connection)
    }
    current?.close()
    const connection = await open(request)
    if (!('mailbox' in connection)) return connection
    try {
      const answer = await post(request, connection)
      if (answer.status >= 300) connection.close()
      return answer
    } catch (error) {
      connection.close()
      throw error
    }
  }

  return {
    get url() {
      return base.url
    },
    send,
  }
}

/** Reads the stream to its end. Resolves with the address for messages, which is the first event. */
function follow(answer: HttpAnswer, mailbox: Mailbox, limits: Limits): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = createEventReader({
      limit: limits.answerBytes,
      onEvent: ({ type, data }) => {
        if (type === 'endpoint') resolve(data.toString())
        else mailbox.put(data)
      },
      onOversize: () => {
        throw new HttpError(
          'too_large',
          `The server sent a message of more than ${limits.answerBytes} bytes.`,
        )
      },
    })
    const cut = new HttpError('interrupted', 'The server ended the stream that its answers come by.')
    const end = (error: unknown): void => {
      mailbox.close(error)
      reject(error instanceof Error ? error : cut)
    }
    answer.read(reader.feed).then(() => end(cut), end)
  })
}

/** The address may be relative. Messages, and the token with them, go to the server's own origin only. */
function addressIn(text: string, base: URL): URL {
  const url = URL.canParse(text.trim(), base.href) ? new URL(text.trim(), base) : undefined
  if (url?.origin === base.origin) return url
  const message = `${base.host} wants messages to be sent elsewhere, which is not done. Tell who runs the server.`
  throw new BridgeError('refused', message)
}

function withoutSession(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { 'mcp-session-id': _ours, ...rest } = headers
  return rest
}

const nothing: HttpAnswer['read'] = async () => undefined

function madeOf(type: string | undefined, read: HttpAnswer['read'], session?: string): HttpAnswer {
  const headers = new Map([
    ['content-type', type],
    ['mcp-session-id', session],
  ])
  return { status: 200, header: (name) => headers.get(name), read, discard: () => undefined }
}

/** What Streamable HTTP answers to a session that is gone. */
const lost: HttpAnswer = { status: 404, header: () => undefined, read: nothing, discard: () => undefined }
