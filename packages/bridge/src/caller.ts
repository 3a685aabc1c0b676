import { BridgeError } from './bridge-error.ts'
import type { RequestDetails } from './details.ts'
import type { Observe } from './events.ts'
import { textMember } from './json/members.ts'
import { parseJsonObject } from './json/object.ts'
import type { Limits } from './limits.ts'
import type { Answer, Message, Request } from './message.ts'
import { notificationOf, readMessage, requestOf, textOf } from './message.ts'
import type { PendingRequest } from './pending.ts'
import { asBridgeError } from './problem.ts'
import type { Questions } from './questions.ts'
import type { Endpoint } from './remote/endpoint.ts'
import { exchange } from './remote/exchange.ts'
import { messageHeaders } from './remote/headers.ts'
import type { OnMessage } from './remote/messages.ts'
import type { Remote } from './remote/remote.ts'
import type { Catalogue } from './tools/catalogue.ts'
import { nextCursorIn } from './tools/list-pages.ts'
import type { Refinement } from './tools/refinement.ts'
import { answerTo } from './translate/answers.ts'
import { answerQuestions, isInputRequired, maxRounds } from './translate/input-required.ts'
import { repeatedWith, withMeta, withoutModernMeta } from './translate/stamp.ts'
import { createSuspensions } from './translate/suspensions.ts'

/** Carries requests of the host to the server and answers back, whatever eras the two speak. */
export interface Caller {
  /** Gives the request its answer. Throws when the server gave none. */
  readonly call: (entry: PendingRequest, details: RequestDetails, remote: Remote) => Promise<void>
  /** Sends what wants no answer. Never throws: nobody could be told. */
  readonly send: (message: Sendable, remote: Remote) => Promise<void>
  /** Reads the server's list of tools, for what has to be known of them. */
  readonly learnTools: (remote: Remote) => Promise<void>
}

/** A notification, or the host's answer to a question of the server's. */
interface Sendable {
  readonly bytes: Buffer
  readonly method?: string
}

/** What a caller is made of. */
export interface CallerOptions {
  readonly endpoint: Endpoint
  readonly catalogue: Catalogue
  readonly refinement: Refinement
  readonly questions: Questions
  /** The members of `_meta` that say to a modern server who a legacy host is. */
  readonly stamp: () => string
  /** Hears what a server says to the host in the course of a call. */
  readonly onMessage: OnMessage
  /** Hears the answers that went to the host. */
  readonly onAnswer: (entry: PendingRequest, answer: Answer) => void
  readonly nextId: () => string
  readonly limits: Limits
  readonly observe: Observe
  /** Aborted when the bridge closes. */
  readonly signal: AbortSignal
}

/** Makes a caller. */
export function createCaller(options: CallerOptions): Caller {
  const { endpoint, catalogue, refinement, questions, stamp, onMessage, onAnswer, nextId, limits, observe } =
    options
  const suspensions = createSuspensions({ ...options, send, carry })

  /** One request of the host's, in the words of the server's era. */
  async function carry(bytes: Buffer, carried: Carried): Promise<Answer> {
    const { entry, remote } = carried
    const request = requestIn(bytes, entry.request)
    entry.wasSent = true
    let answer = await exchanged(request, carried)
    if (remote.era === 'modern' && isHeaderMismatch(answer) && request.method === 'tools/call') {
      await learnTools(remote)
      answer = await exchanged(request, carried)
    }
    return refinement.refine(answer, {
      method: request.method,
      era: remote.era,
      hasCursor: () => textMember(bytes, request.params, 'cursor') !== undefined,
      page: (cursor) => {
        const next = repeatedWith(request, JSON.stringify(nextId()), `"cursor":${JSON.stringify(cursor)}`)
        return exchanged(requestIn(next, entry.request), carried)
      },
    })
  }

  function exchanged(
    { bytes, method, params, key }: Request,
    { details: { name }, remote, signal, hear }: Pick<Carried, 'details' | 'remote' | 'signal' | 'hear'>,
  ): Promise<Answer> {
    const mirrored = remote.era === 'modern' && method === 'tools/call' && name !== undefined && params
    return exchange(
      {
        bytes,
        key,
        method,
        ...(name !== undefined && { name }),
        ...(mirrored && { headers: catalogue.headersFor(name, () => textOf(bytes, params)) }),
        repeatable: catalogue.isRepeatable(method, name),
        ...(method === 'subscriptions/listen' && { silenceMs: 0 }),
        onMessage: hear,
        signal,
      },
      { endpoint, remote, limits },
    )
  }

  async function learnTools(remote: Remote): Promise<void> {
    const { signal } = options
    let cursor: string | undefined
    for (let page = 0; page < limits.listPages; page++) {
      const members = [
        ...(remote.era === 'modern' ? [`"_meta":${stamp()}`] : []),
        ...(cursor === undefined ? [] : [`"cursor":${JSON.stringify(cursor)}`]),
      ]
      const bytes = requestOf(JSON.stringify(nextId()), 'tools/list', `{${members.join(',')}}`)
      const carried = { details: { era: remote.era }, remote, signal, hear: onMessage }
      const answer = await exchanged(asRequest(bytes), carried)
      if (answer.result) catalogue.learn(textOf(answer.bytes, answer.result))
      cursor = nextCursorIn(answer)
      if (cursor === undefined) return
    }
  }

  /** A legacy host and a modern server: the server's questions come as answers, and go on as requests. */
  async function callModern(entry: PendingRequest, details: RequestDetails, remote: Remote): Promise<Answer> {
    const { request, signal } = entry
    const stamped = withMeta(request, stamp())
    let answer = await carry(stamped, { details, entry, remote, signal, hear: onMessage })
    for (let round = 0; isInputRequired(answer); round++) {
      if (round === maxRounds)
        throw new BridgeError('unsupported', 'The server keeps asking. Its request was given up.')
      const given = await answerQuestions(answer, questions, signal)
      const repeated = repeatedWith(requestIn(stamped, request), JSON.stringify(nextId()), given)
      answer = await carry(repeated, { details, entry, remote, signal, hear: onMessage })
    }
    return answer
  }

  async function call(entry: PendingRequest, details: RequestDetails, remote: Remote): Promise<void> {
    const { request, signal } = entry
    try {
      if (details.era === 'modern' && remote.era === 'legacy') {
        const bytes = withoutModernMeta(request)
        return await suspensions.call(bytes, { entry, details, remote })
      }
      const isSame = details.era === remote.era
      const answer = isSame
        ? await carry(request.bytes, { details, entry, remote, signal, hear: onMessage })
        : await callModern(entry, details, remote)
      onAnswer(entry, answer)
      entry.answer(answerTo(request, answer))
    } catch (error) {
      if (signal.reason === 'cancelled' && remote.era === 'legacy') void cancel(request.id, remote)
      throw error
    }
  }

  async function cancel(id: string, remote: Remote): Promise<void> {
    const method = 'notifications/cancelled'
    await send({ bytes: notificationOf(method, `{"requestId":${id}}`), method }, remote)
  }

  async function send({ bytes, method }: Sendable, remote: Remote): Promise<void> {
    const label = method ?? 'answer'
    const { 'mcp-method': _none, ...headers } = messageHeaders({ method: label })
    try {
      const answer = await endpoint.send({
        method: 'POST',
        headers: { ...headers, ...(method !== undefined && { 'mcp-method': method }), ...remote.headers() },
        body: bytes,
        label,
        signal: options.signal,
      })
      answer.discard()
      if (answer.status >= 300)
        observe({ type: 'request_failed', method: label, reason: `status ${answer.status}` })
    } catch (error) {
      observe({ type: 'request_failed', method: label, reason: asBridgeError(error).message })
    }
  }

  return { call, send, learnTools }
}

/** A request that has been written anew. */
function requestIn(bytes: Buffer, original: Request): Request {
  return bytes === original.bytes ? original : asRequest(bytes)
}

function asRequest(bytes: Buffer): Request {
  const message = readMessage(bytes)
  if (message.kind !== 'request') throw new Error('A translated request is none any more.')
  return message
}

/** The error of revision 2026-07-28 for headers that do not repeat the body. */
const headerMismatch = -32_020

/** Whether the server misses headers, because the tool has changed since its list was read. */
function isHeaderMismatch({ bytes, error }: Answer): boolean {
  return error !== undefined && parseJsonObject(textOf(bytes, error))?.['code'] === headerMismatch
}

/** A request that is being carried to the server. */
interface Carried {
  readonly details: RequestDetails
  readonly entry: PendingRequest
  readonly remote: Remote
  readonly signal: AbortSignal
  readonly hear: (message: Message) => void
}
