import type { Caller } from './caller.ts'
import type { Connection } from './connection.ts'
import type { RequestDetails } from './details.ts'
import type { Observe } from './events.ts'
import type { BridgeInfo } from './greeting.ts'
import { discoverResult, initializeResult, unknownServer } from './greeting.ts'
import type { Host } from './host.ts'
import { textMember } from './json/members.ts'
import type { Limits } from './limits.ts'
import type { Listeners } from './listeners.ts'
import type { Lists } from './lists.ts'
import type { Memory } from './memory.ts'
import { resultOf } from './message.ts'
import type { PendingRequest } from './pending.ts'
import { ask } from './remote/ask.ts'
import type { Endpoint } from './remote/endpoint.ts'
import type { OnMessage } from './remote/messages.ts'
import type { ModernStream } from './remote/modern-stream.ts'
import { keepModernStream } from './remote/modern-stream.ts'
import type { Remote } from './remote/remote.ts'
import type { Era } from './revisions.ts'
import type { ServerDescription } from './server-description.ts'
import type { Access } from './sign-in/access.ts'
import type { Catalogue } from './tools/catalogue.ts'
import { callSignIn, signInTool } from './tools/sign-in-tool.ts'
import type { ToolGate } from './tools/tool-gate.ts'

/** Decides for each request of the host who answers it: the bridge at once, or the server. */
export interface Reception {
  /** Sees to the request's answer. Throws when there is none. */
  readonly serve: (entry: PendingRequest, details: RequestDetails) => Promise<void>
  /** Takes note of a connection, or of a server that describes itself anew. */
  readonly connected: (remote: Remote) => void
  /** Takes note of a sign-in. */
  readonly signedIn: () => void
}

/** What a reception is made of. */
export interface ReceptionOptions {
  readonly remote: URL
  readonly info: BridgeInfo
  readonly access: Access
  readonly endpoint: Endpoint
  readonly host: Host
  readonly memory: Memory
  readonly lists: Lists
  readonly listeners: Listeners
  readonly caller: Caller
  readonly catalogue: Catalogue
  readonly gate: ToolGate
  readonly connection: Connection
  readonly nextId: () => string
  readonly onMessage: OnMessage
  readonly limits: Limits
  readonly observe: Observe
  readonly signal: AbortSignal
}

type Handler = (entry: PendingRequest, details: RequestDetails) => Promise<void> | void

/** Makes a reception. */
export function createReception(options: ReceptionOptions): Reception {
  const { host, memory, lists, listeners, caller, catalogue, connection, endpoint, limits, signal } = options
  /** What the host was told of the server, unless that was a guess. */
  let told: ServerDescription | undefined
  let stream: ModernStream | undefined
  let logLevel: string | undefined

  /** What is known of the server without asking it. */
  async function known(): Promise<ServerDescription> {
    told = connection.current()?.known ?? (await memory.known())
    const tools = memory.list('tools/list')
    if (tools !== undefined) catalogue.learn(tools)
    return told ?? unknownServer(options.remote, options.info)
  }

  function begin(details: RequestDetails): void {
    connection.begin(host.meet(details))
  }

  const handlers: Readonly<Record<string, Handler>> = {
    async initialize(entry, details) {
      const requested = host.initialize(entry.request)
      begin(details)
      answer(entry, initializeResult(requested, await known()))
    },
    async 'server/discover'(entry, details) {
      begin(details)
      answer(entry, discoverResult(await known()))
    },
    ping: (entry, { era }) => answer(entry, emptyResult(era)),
    'logging/setLevel'(entry, details) {
      const { bytes, params } = entry.request
      logLevel = textMember(bytes, params, 'level')
      if (logLevel !== undefined) host.setLogLevel(logLevel)
      const remote = connection.current()
      return remote && takesLogLevel(remote) ? relay(entry, details) : answer(entry, emptyResult(details.era))
    },
    'resources/subscribe': (entry, details) => watch(entry, details, true),
    'resources/unsubscribe': (entry, details) => watch(entry, details, false),
    async 'subscriptions/listen'(entry, details) {
      begin(details)
      const remote = await connection.ready(entry.signal)
      if (remote.era === 'modern') return caller.call(entry, details, remote)
      for (const uri of listeners.open(entry)) {
        void tellServer('resources/subscribe', { uri })
      }
      return undefined
    },
  }

  /** A request of our own whose answer matters to nobody. */
  async function tellServer(method: string, params: object): Promise<void> {
    const remote = connection.current()
    if (!remote) return
    const question = { id: options.nextId(), method, params: JSON.stringify(params), signal }
    await ask(question, { endpoint, remote, limits }).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : 'unknown'
      options.observe({ type: 'request_failed', method, reason })
    })
  }

  async function watch(entry: PendingRequest, details: RequestDetails, wanted: boolean): Promise<void> {
    begin(details)
    const remote = await connection.ready(entry.signal)
    if (remote.era === details.era) return caller.call(entry, details, remote)
    const uri = textMember(entry.request.bytes, entry.request.params, 'uri')
    if (uri !== undefined) stream?.watch(uri, wanted)
    return answer(entry, emptyResult(details.era))
  }

  async function relay(entry: PendingRequest, details: RequestDetails): Promise<void> {
    const { request } = entry
    begin(details)
    try {
      const remote = connection.current() ?? (await connection.ready(entry.signal))
      const instead = lists.emptyFor(request, remote) ?? (await options.gate(request, details, remote))
      if (instead) entry.answer(instead)
      else await caller.call(entry, details, remote)
    } catch (error) {
      const instead = entry.signal.aborted ? undefined : lists.insteadOf(request, error)
      if (!instead) throw error
      entry.answer(instead)
    }
  }

  return {
    async serve(entry, details) {
      const { method } = entry.request
      const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined
      if (handler) return handler(entry, details)
      const isSignIn =
        method === 'tools/call' && details.name === signInTool.name && !catalogue.has(signInTool.name)
      if (!isSignIn) return relay(entry, details)
      begin(details)
      return callSignIn(entry, options)
    },
    connected(remote) {
      memory.keepRemote(remote)
      const isLegacyHost = host.identity()?.era === 'legacy'
      if (remote.era === 'modern' && isLegacyHost && !stream)
        stream = keepModernStream({ ...options, remote, stamp: host.stamp })
      if (logLevel !== undefined && takesLogLevel(remote))
        void tellServer('logging/setLevel', { level: logLevel })
      if (told && JSON.stringify(told) !== JSON.stringify(remote.known)) lists.changed(remote)
      told &&= remote.known
      lists.catchUp()
    },
    signedIn() {
      if (connection.current()) lists.catchUp()
    },
  }
}

/** Answers from what the bridge knows itself. */
function answer({ request, answer: give }: PendingRequest, result: object): void {
  give(resultOf(request.id, JSON.stringify(result)))
}

function emptyResult(era: Era): object {
  return era === 'legacy' ? {} : { resultType: 'complete' }
}

function takesLogLevel({ era, known }: Remote): boolean {
  return era === 'legacy' && Object.hasOwn(known.capabilities, 'logging')
}
