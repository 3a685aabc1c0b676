import { BridgeError } from '../bridge-error.ts'
import type { Limits } from '../limits.ts'
import type { Answer, Message } from '../message.ts'
import { readMessages } from '../message.ts'
import { HttpError } from '../network/http-error.ts'
import type { HttpAnswer } from '../network/http.ts'
import { readBody } from '../network/http.ts'
import { backoff, pause } from '../pause.ts'
import type { Endpoint } from './endpoint.ts'
import type { MessageHeaders } from './headers.ts'
import { messageHeaders } from './headers.ts'
import type { OnMessage, StreamPosition } from './messages.ts'
import { readAnswer } from './messages.ts'
import type { Remote } from './remote.ts'
import { readRetryAfter } from './retry-after.ts'

/** A request on its way to the server. */
export interface Outgoing extends MessageHeaders {
  readonly bytes: Buffer
  /** The key of its id: which answer belongs to it. */
  readonly key: string
  /** Headers beyond the usual ones. */
  readonly headers?: Readonly<Record<string, string>>
  /** Whether it can be sent twice without harm. */
  readonly repeatable: boolean
  /** Hears whatever comes before the answer. */
  readonly onMessage: OnMessage
  /** Hears the headers of an answer before its body. */
  readonly onAnswer?: (answer: HttpAnswer) => void
  /** Wait for a sign-in as long as it takes. */
  readonly patient?: boolean
  /** Milliseconds without a byte after which it is given up; 0 is never. Default: the limit for all requests. */
  readonly silenceMs?: number
  readonly signal: AbortSignal
}

/** Where requests go. */
export interface ExchangeOptions {
  readonly endpoint: Endpoint
  readonly remote: Remote
  readonly limits: Limits
}

/**
 * Sends a request until there is an answer. What was never sent, and what can be sent twice, is sent again when the
 * connection breaks; a stream is taken up where it broke if the server can do that; all else ends with `BridgeError`
 * `outcome_unknown`. Rejects with `HttpError` `aborted` when the signal is aborted.
 */
export async function exchange(outgoing: Outgoing, options: ExchangeOptions): Promise<Answer> {
  const { signal, repeatable } = outgoing
  const { limits } = options
  const state: ExchangeState = { reopened: false, wasSent: false }
  for (let attempt = 0; ; attempt++) {
    const error = await attemptOnce(outgoing, options, state)
    if (error === undefined && state.answer) return state.answer
    if (signal.aborted) throw new HttpError('aborted', 'The request was given up.')
    if (error === undefined) {
      attempt = -1 // The connection is new: this is the first attempt on it.
      continue
    }
    if (!mayRepeat(error, { repeatable, attempt, wasSent: state.wasSent, limits }))
      throw conclusion(error, state)
    state.wasSent ||= error instanceof HttpError && error.code !== 'unreachable'
    await pause(backoff(attempt, limits), signal)
  }
}

/** Bytes of the largest refusal that is read. */
const refusalBytes = 1_024 * 1_024

interface ExchangeState {
  answer?: Answer
  /** A lost session is opened anew once a request. */
  reopened: boolean
  /** Whether an earlier attempt may have reached the server. */
  wasSent: boolean
}

/** Undefined: there is an answer, or the connection was opened anew. */
async function attemptOnce(
  outgoing: Outgoing,
  options: ExchangeOptions,
  state: ExchangeState,
): Promise<unknown> {
  const { endpoint, remote, limits } = options
  const { bytes, method, signal, headers } = outgoing
  const position: StreamPosition = {}
  const onMessage = (message: Message): void => {
    if (message.kind !== 'answer') outgoing.onMessage(message)
    else if (message.key === outgoing.key || (message.key === undefined && message.error))
      state.answer ??= message
  }
  try {
    const sent = remote.headers()
    const answer = await endpoint.send({
      method: 'POST',
      headers: { ...messageHeaders(outgoing), ...sent, ...headers },
      body: bytes,
      label: method,
      signal,
      ...(outgoing.patient && { patient: true }),
      ...(outgoing.silenceMs !== undefined && { silenceMs: outgoing.silenceMs }),
    })
    outgoing.onAnswer?.(answer)
    if (answer.status < 200 || answer.status >= 300) {
      const body = (await readBody(answer, refusalBytes)).toString()
      if (!state.reopened && (await remote.reopened({ status: answer.status, body, sent, signal }))) {
        state.reopened = true
        return undefined
      }
      // 405 is said of the method of HTTP, whatever the body says: the server knows no such transport.
      const said = answer.status === 405 ? undefined : readRefusal(body, outgoing.key)
      state.answer = said ?? refuse(answer, endpoint.url)
      return undefined
    }
    try {
      await readAnswer(answer, { onMessage, position, limits })
    } catch (error) {
      if (state.answer) return undefined
      if (!isCut(error) || !remote.canResume(position)) throw error
    }
    if (!state.answer) await resume(outgoing, { ...options, position, onMessage, state })
    return state.answer
      ? undefined
      : new HttpError('interrupted', `${endpoint.url.host} ended the answer before it was complete.`)
  } catch (error) {
    return error
  }
}

interface Resumption extends ExchangeOptions {
  readonly position: StreamPosition
  readonly onMessage: OnMessage
  readonly state: ExchangeState
}

/** Takes the stream of an answer up where it ended. @see MCP 2025-11-25, Streamable HTTP, Resumability */
async function resume({ signal }: Outgoing, options: Resumption): Promise<void> {
  const { endpoint, remote, limits, position, onMessage, state } = options
  for (let attempt = 0; attempt < limits.retries && !state.answer && remote.canResume(position); attempt++) {
    await pause(position.retryMs ?? backoff(attempt, limits), signal)
    if (signal.aborted) return
    const before = position.lastEventId
    try {
      const headers = { ...remote.headers(), accept: 'text/event-stream', 'last-event-id': before ?? '' }
      const answer = await endpoint.send({ method: 'GET', headers, label: 'resume', signal })
      if (answer.status !== 200) return answer.discard()
      await readAnswer(answer, { onMessage, position, limits })
    } catch (error) {
      if (!isCut(error) && !(error instanceof HttpError && error.code === 'unreachable')) throw error
    }
    if (position.lastEventId !== before) attempt = -1 // It moves: that counts as a new beginning.
  }
}

function isCut(error: unknown): boolean {
  return error instanceof HttpError && (error.code === 'interrupted' || error.code === 'silent')
}

/** A refusal that is itself an answer of JSON-RPC. */
function readRefusal(body: string, key: string): Answer | undefined {
  const [message] = readMessages(Buffer.from(body.replace(/[\r\n]/g, ' ')))
  if (message?.kind !== 'answer' || !message.error) return undefined
  return message.key === undefined || message.key === key ? message : undefined
}

/** Says in words what a status means that comes without an answer. Throws always. */
function refuse(answer: HttpAnswer, url: URL): never {
  const { status } = answer
  if (status >= 500) throw new ServerTrouble(status, url.host)
  if (status === 429) throw tooOften(answer, url)
  const say = sentences[status] ?? (status >= 300 && status < 400 ? redirected : refused)
  throw new BridgeError('refused', say(url, answer), { status })
}

type Sentence = (url: URL, answer: HttpAnswer) => string

const noServer: Sentence = ({ href }, { status }) =>
  `There is no MCP server at ${href} (${status}). Check the address.`

const refused: Sentence = ({ host }, { status }) =>
  `${host} refused the request (${status}). Check the address and the request.`

const redirected: Sentence = ({ href }, { header }) =>
  `${href} redirects to ${header('location') ?? 'another address'}. Give that address instead, if you trust it.`

const sentences: Readonly<Record<number, Sentence>> = {
  403: ({ host }) => `${host} forbids this. Your account may lack the permission.`,
  404: noServer,
  405: noServer,
  413: ({ host }) => `${host} takes no request as large as this one. Send less.`,
}

function tooOften(answer: HttpAnswer, { host }: URL): BridgeError {
  const retryAfterMs = readRetryAfter(answer.header('retry-after'), Date.now())
  const when = retryAfterMs === undefined ? 'in a minute' : `in ${Math.ceil(retryAfterMs / 1_000)} seconds`
  const message = `${host} is asked too often. Nothing was done. Try again ${when}.`
  return new BridgeError('busy', message, {
    status: 429,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
}

/** A status from 500 on, after which nobody knows what was done. */
class ServerTrouble extends Error {
  override readonly name = 'ServerTrouble'

  constructor(status: number, host: string) {
    super(`${host} failed (${status}).`)
  }
}

interface Repetition {
  readonly repeatable: boolean
  readonly attempt: number
  readonly wasSent: boolean
  readonly limits: Limits
}

function mayRepeat(error: unknown, { repeatable, attempt, wasSent, limits }: Repetition): boolean {
  if (error instanceof ServerTrouble) return repeatable && attempt < 2
  if (!(error instanceof HttpError)) return false
  if (error.code === 'unreachable') return attempt < (wasSent ? limits.retries : 2)
  return error.code === 'interrupted' && repeatable && attempt < limits.retries
}

/** What is said when nothing more is tried. */
function conclusion(error: unknown, { wasSent }: ExchangeState): unknown {
  if (!(error instanceof ServerTrouble || error instanceof HttpError)) return error
  const code = error instanceof HttpError ? error.code : undefined
  if (code === 'unreachable' && !wasSent)
    return new BridgeError('unreachable', error.message, { cause: error })
  if (code === 'too_large')
    return new BridgeError('too_large', `${error.message} Ask for less.`, { cause: error })
  const message = `${error.message} Whether the request was carried out is not known: look before repeating it.`
  return new BridgeError('outcome_unknown', message, { cause: error })
}
