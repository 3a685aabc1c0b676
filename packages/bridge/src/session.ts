import type { Caller } from './caller.ts'
import { createCaller } from './caller.ts'
import type { Connection } from './connection.ts'
import { createConnection } from './connection.ts'
import { readDetails } from './details.ts'
import type { Observe, SignInEvent } from './events.ts'
import type { BridgeInfo } from './greeting.ts'
import { createHost } from './host.ts'
import { textMember } from './json/members.ts'
import { parseJsonObject } from './json/object.ts'
import type { Limits } from './limits.ts'
import { createListeners, ownNotification } from './listeners.ts'
import { createLists } from './lists.ts'
import { createMemory } from './memory.ts'
import type { Answer, Fault, Message, Notification, Request } from './message.ts'
import { errorOf, keyOfId, notificationOf, resultOf, textOf } from './message.ts'
import type { Http } from './network/http.ts'
import type { Output } from './output.ts'
import type { PendingRequest, PendingTable } from './pending.ts'
import { problemAnswer } from './problem.ts'
import { createQuestions } from './questions.ts'
import { createReception } from './reception.ts'
import { createEndpoint } from './remote/endpoint.ts'
import type { TransportChoice } from './remote/route.ts'
import { createRoute } from './remote/route.ts'
import type { ConnectionCache } from './server-description.ts'
import { askedToSignIn, createSignInQuestion, firstAsked } from './sign-in-question.ts'
import type { Access } from './sign-in/access.ts'
import { createCatalogue } from './tools/catalogue.ts'
import { createRefinement } from './tools/refinement.ts'
import type { ResultBudget } from './tools/result-budget.ts'
import type { ToolPolicy } from './tools/tool-filter.ts'
import { createToolFilter } from './tools/tool-filter.ts'
import { createToolGate } from './tools/tool-gate.ts'

/** What a session is made of. */
export interface SessionOptions {
  readonly remote: URL
  readonly info: BridgeInfo
  readonly access: Access
  readonly http: Http
  readonly headers: Readonly<Record<string, string>>
  readonly cache?: ConnectionCache
  readonly transport?: TransportChoice
  readonly protocol?: 'auto' | 'legacy'
  readonly tools?: ToolPolicy
  readonly mergeLists?: boolean
  readonly resultBudget?: ResultBudget
  readonly output: Output
  readonly pending: PendingTable
  readonly limits: Limits
  readonly observe: Observe
  readonly now: () => number
}

/** One host and one server, from the first message to the last. */
export interface Session {
  /** Takes a message of the host. */
  readonly receive: (message: Message | Fault) => void
  /** Called when somebody has signed in: what was answered without the server can be answered better now. */
  readonly signedIn: () => void
  /** Tells a host that shows log messages where to sign in. */
  readonly askToSignIn: (invitation: SignInEvent) => void
  /** Ends the streams and the connection, in bounded time. */
  readonly close: () => Promise<void>
}

/** Notifications that mean something to legacy servers only, or to the bridge. */
const legacyOnly: ReadonlySet<string> = new Set([
  'notifications/progress',
  'notifications/roots/list_changed',
])

/** Makes a session. */
export function createSession(options: SessionOptions): Session {
  const { output, pending, limits, observe, now, cache } = options
  const closing = new AbortController()
  const nextId = idsOfOurs()
  const host = createHost()
  const endpoint = createRoute(createEndpoint(options), limits)
  const memory = createMemory({ cache, now, verdictMs: limits.verdictMs })
  const catalogue = createCatalogue()
  const questions = createQuestions(output.send, nextId)
  const listeners = createListeners(output.send)
  const signInQuestion = createSignInQuestion({
    ...options,
    host,
    questions,
    send: output.send,
    signal: closing.signal,
  })
  const filter = createToolFilter(options.tools)
  const refinement = createRefinement({
    filter,
    catalogue,
    mergesLists: options.mergeLists ?? true,
    limits,
    ...(options.resultBudget && { budget: options.resultBudget }),
  })
  const lists = createLists({ memory, refinement, announce })
  const caller: Caller = createCaller({
    endpoint,
    catalogue,
    refinement,
    questions,
    stamp: host.stamp,
    onMessage: fromServer,
    onAnswer: learn,
    nextId,
    limits,
    observe,
    signal: closing.signal,
  })
  const connection: Connection = createConnection({
    ...options,
    endpoint,
    cached: memory.cached,
    nextId,
    onMessage: fromServer,
    onConnected: (remote) => reception.connected(remote),
  })
  const reception = createReception({
    ...options,
    endpoint,
    host,
    memory,
    lists,
    listeners,
    caller,
    catalogue,
    gate: createToolGate({ filter, catalogue, learnTools: caller.learnTools }),
    connection,
    nextId,
    onMessage: fromServer,
    signal: closing.signal,
  })

  function isLegacyHost(): boolean {
    return host.identity()?.era === 'legacy'
  }

  /** A notification of our own. A modern host hears of changes only where it asked for them. */
  function announce(method: string): void {
    const notification = ownNotification(method)
    if (isLegacyHost()) output.send(notification.bytes)
    else listeners.tell(notification)
  }

  /** What a server says that is no answer. */
  function fromServer(message: Message): void {
    if (message.kind === 'answer') return
    const remote = connection.current()
    if (isLegacyHost() || remote?.era === 'modern') return output.send(message.bytes)
    if (message.kind === 'notification') {
      const isChange = /list_changed$|resources\/updated$/.test(message.method)
      return isChange ? listeners.tell(message) : output.send(message.bytes)
    }
    if (remote) void caller.send({ bytes: refusalOf(message) }, remote)
  }

  /** Keeps what answers say of the server. Pages after the first are for the catalogue only. */
  function learn({ request }: PendingRequest, answer: Answer): void {
    const { method, bytes, params } = request
    if (method === 'tools/list' && answer.result) catalogue.learn(textOf(answer.bytes, answer.result))
    if (textMember(bytes, params, 'cursor') === undefined) memory.keepList(method, answer)
  }

  function fromHost(asked: Request): void {
    const first = readDetails(asked)
    const request = firstAsked(asked, first)
    const details = request === asked ? first : readDetails(request)
    const entry = pending.open(request)
    if (!entry) {
      const message = 'A request with this id is waiting for its answer. Use another id.'
      return output.send(errorOf(request.id, { code: -32_600, message }))
    }
    void reception.serve(entry, details).catch((error: unknown) => {
      if (entry.signal.aborted) return
      if (!(error instanceof Error && 'code' in error)) observe({ type: 'fault', error })
      const question = askedToSignIn(request, details, { remote: options.remote, error })
      entry.answer(question ?? problemAnswer(request, error))
    })
  }

  function notified(notification: Notification): void {
    const { method, bytes, params } = notification
    if (method === 'notifications/initialized') return
    if (method === 'notifications/cancelled') {
      const key = keyOfId(params && parseJsonObject(textOf(bytes, params))?.['requestId'])
      if (key !== undefined) pending.cancel(key)
      return
    }
    const remote = connection.current()
    if (remote && !(remote.era === 'modern' && legacyOnly.has(method))) void caller.send(notification, remote)
  }

  function answered(answer: Answer): void {
    const remote = connection.current()
    if (!questions.take(answer) && remote?.era === 'legacy') void caller.send({ bytes: answer.bytes }, remote)
  }

  return {
    receive(message) {
      switch (message.kind) {
        case 'request':
          return fromHost(message)
        case 'notification':
          return notified(message)
        case 'answer':
          return answered(message)
        case 'fault':
          observe({ type: 'line_refused', reason: message.text })
          return output.send(errorOf(message.id, { code: message.code, message: message.text }))
        default:
          return message satisfies never
      }
    },
    signedIn() {
      signInQuestion.done()
      reception.signedIn()
    },
    askToSignIn({ url, opened, userCode }) {
      if (!opened) signInQuestion.put(url)
      const code = userCode === undefined ? '' : ` The code is ${userCode}.`
      const data = `Sign in to ${options.remote.host} in a browser: ${url}${code}`
      const params = JSON.stringify({ level: 'warning', logger: options.info.name, data })
      if (isLegacyHost()) output.send(notificationOf('notifications/message', params))
    },
    async close() {
      closing.abort()
      await connection.close()
      await memory.written()
    },
  }
}

/** A legacy server's question to a modern host outside any call: there is no way to put it. */
function refusalOf({ id, method }: Request): Buffer {
  if (method === 'ping') return resultOf(id, '{}')
  return errorOf(id, { code: -32_601, message: 'This host takes no requests.' })
}

/** Ids that no host and no server uses by chance. */
function idsOfOurs(): () => string {
  const prefix = `telamon-${crypto.randomUUID()}`
  let count = 0
  return () => `${prefix}-${++count}`
}
