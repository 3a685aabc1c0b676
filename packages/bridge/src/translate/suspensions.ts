import { randomUUID } from 'node:crypto'

import { BridgeError } from '../bridge-error.ts'
import type { RequestDetails } from '../details.ts'
import { membersOf } from '../json/members.ts'
import type { Answer, Message, Request } from '../message.ts'
import { errorOf, notificationOf, resultOf, textOf } from '../message.ts'
import type { PendingRequest } from '../pending.ts'
import { problemAnswer } from '../problem.ts'
import type { Remote } from '../remote/remote.ts'
import { modernAnswerTo } from './answers.ts'

/**
 * Calls of a modern host to a legacy server. A legacy server asks its questions by requests in the middle of a call; a
 * modern host gets them as the answer, and gives its own with a repetition of the call. Meanwhile the call stays open
 * towards the server, under a state that only this process knows.
 */
export interface Suspensions {
  readonly call: (bytes: Buffer, call: SuspendableCall) => Promise<void>
}

/** One request of a modern host. */
interface SuspendableCall {
  readonly entry: PendingRequest
  readonly details: RequestDetails
  readonly remote: Remote
}

/** What suspensions need of the caller. */
export interface SuspensionOptions {
  readonly carry: (
    bytes: Buffer,
    carried: SuspendableCall & { readonly signal: AbortSignal; readonly hear: (message: Message) => void },
  ) => Promise<Answer>
  readonly send: (
    message: { readonly bytes: Buffer; readonly method?: string },
    remote: Remote,
  ) => Promise<void>
  /** Hears what is neither an answer nor a question. */
  readonly onMessage: (message: Message) => void
  readonly onAnswer: (entry: PendingRequest, answer: Answer) => void
}

/** Milliseconds that a server's question waits for the host to come back. */
const patienceMs = 600_000

interface OpenCall {
  /** The request of the host that waits at the moment. */
  entry: PendingRequest | undefined
  readonly remote: Remote
  readonly id: string
  readonly controller: AbortController
  /** Questions that the host has not been shown yet, and those it has. */
  asked: readonly Request[]
  shown: ReadonlyMap<string, Request>
  /** How the call ended while no request of the host waited for it. */
  ended?: (entry: PendingRequest) => void
}

/** Makes the suspensions of one bridge. */
export function createSuspensions({ carry, send, onMessage, onAnswer }: SuspensionOptions): Suspensions {
  const suspended = new Map<string, OpenCall>()

  async function begin(bytes: Buffer, { entry, details, remote }: SuspendableCall): Promise<void> {
    const controller = new AbortController()
    const open: OpenCall = { entry, remote, id: entry.request.id, controller, asked: [], shown: new Map() }
    follow(open, entry)
    const hear = (message: Message): void => {
      if (message.kind !== 'request') return onMessage(message)
      if (message.method === 'ping') return void send({ bytes: resultOf(message.id, '{}') }, remote)
      open.asked = [...open.asked, message]
      show(open)
    }
    try {
      const answer = await carry(bytes, { entry, details, remote, signal: controller.signal, hear })
      end(open, (waiting) => {
        onAnswer(waiting, answer)
        waiting.answer(modernAnswerTo(waiting.request, answer))
      })
    } catch (error) {
      end(open, (waiting) => waiting.answer(problemAnswer(waiting.request, error)))
    }
  }

  function end(open: OpenCall, finish: (entry: PendingRequest) => void): void {
    if (open.entry) finish(open.entry)
    else open.ended = finish
  }

  /** What the host takes back is taken back from the server too. */
  function follow(open: OpenCall, { signal }: PendingRequest): void {
    signal.addEventListener('abort', () => {
      if (open.entry?.signal !== signal) return
      open.controller.abort()
      const method = 'notifications/cancelled'
      if (signal.reason === 'cancelled') {
        void send({ bytes: notificationOf(method, `{"requestId":${open.id}}`), method }, open.remote)
      }
    })
  }

  /** Shows the host what the server asks, if a request of its waits. */
  function show(open: OpenCall): void {
    const { entry, asked, controller } = open
    if (!entry || asked.length === 0) return
    const state = randomUUID()
    open.entry = undefined
    open.asked = []
    open.shown = new Map(asked.map((question, index) => [`question-${index + 1}`, question]))
    suspended.set(state, open)
    const forget = setTimeout(() => {
      suspended.delete(state)
      controller.abort()
    }, patienceMs)
    forget.unref()
    const requests = [...open.shown].map(([name, { bytes, method, params }]) => {
      const text = params ? `,"params":${textOf(bytes, params)}` : ''
      return `${JSON.stringify(name)}:{"method":${JSON.stringify(method)}${text}}`
    })
    const members = `"inputRequests":{${requests.join(',')}},"requestState":${JSON.stringify(state)}`
    entry.answer(resultOf(entry.request.id, `{"resultType":"input_required",${members}}`))
  }

  async function goOn(state: string, entry: PendingRequest): Promise<void> {
    const open = suspended.get(state)
    if (!open) {
      const message = 'The server no longer waits for this answer. Call the tool again from the beginning.'
      throw new BridgeError('unsupported', message)
    }
    suspended.delete(state)
    open.entry = entry
    follow(open, entry)
    const { bytes, params } = entry.request
    const responses = params && membersOf(bytes, params).get('inputResponses')
    const given = responses && membersOf(bytes, responses)
    for (const [name, question] of open.shown) {
      const response = given?.get(name)
      const reply = response
        ? resultOf(question.id, textOf(bytes, response))
        : errorOf(question.id, { code: -32_603, message: 'The host gave no answer.' })
      await send({ bytes: reply }, open.remote)
    }
    if (open.ended) open.ended(entry)
    else show(open)
  }

  return {
    call: (bytes, call) => {
      const { requestState } = call.details
      return requestState === undefined ? begin(bytes, call) : goOn(requestState, call.entry)
    },
  }
}
