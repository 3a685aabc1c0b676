import { BridgeError } from '../bridge-error.ts'
import type { Observe } from '../events.ts'
import { textIn } from '../json/object.ts'
import type { Limits } from '../limits.ts'
import { notificationOf } from '../message.ts'
import { asBridgeError } from '../problem.ts'
import type { HostIdentity } from '../revisions.ts'
import { latestLegacyRevision } from '../revisions.ts'
import type { ServerDescription } from '../server-description.ts'
import { readDescription } from '../server-description.ts'
import { ask } from './ask.ts'
import type { Endpoint } from './endpoint.ts'
import { messageHeaders } from './headers.ts'
import { keepLegacyStream } from './legacy-stream.ts'
import type { OnMessage } from './messages.ts'
import { keepAlive } from './ping.ts'
import { noRemote } from './probe.ts'
import type { Remote, RemoteRefusal } from './remote.ts'
import type { Transport } from './route.ts'

/** What a connection of the legacy era is made of. */
export interface LegacyRemoteOptions {
  readonly endpoint: Endpoint
  readonly transport: Transport
  readonly host: HostIdentity
  readonly nextId: () => string
  /** Hears what the server says on its own account. */
  readonly onMessage: OnMessage
  /** Called when the server describes itself otherwise than before, after it was opened anew. */
  readonly onChange: () => void
  readonly limits: Limits
  readonly observe: Observe
  readonly now: () => number
  readonly signal: AbortSignal
}

/** A session, or what stands for one where the server keeps none. */
interface Session {
  readonly id: string | undefined
  readonly revision: string
  readonly known: ServerDescription
  readonly headers: Readonly<Record<string, string>>
}

/** Milliseconds that a server may take to open a connection. */
const openingMs = 30_000

/** Opens a connection by `initialize`. A session that the server loses is opened anew, once for all who notice. */
export async function connectLegacy(options: LegacyRemoteOptions): Promise<Remote> {
  const { endpoint, onChange, observe, signal } = options
  let session = await openSession(options)
  let reopening: Promise<void> | undefined
  let stream = new AbortController()
  keep(session)

  function keep(current: Session): void {
    stream = new AbortController()
    const ended = AbortSignal.any([signal, stream.signal])
    void keepLegacyStream({
      ...options,
      headers: current.headers,
      isLost,
      onLost: () => reopen(current),
      signal: ended,
    })
  }

  /** Only a server that gave a session id can have lost it. Some say so with 400, in words of their own. */
  function isLost(status: number, body: string): boolean {
    if (session.id === undefined) return false
    return status === 404 || (status === 400 && /session|not initialized/i.test(body))
  }

  function reopen(lost: Session): Promise<void> {
    if (lost !== session) return Promise.resolve()
    reopening ??= (async () => {
      const next = await openSession(options)
      stream.abort()
      const changed = JSON.stringify(next.known) !== JSON.stringify(session.known)
      session = next
      observe({ type: 'session_renewed' })
      keep(next)
      if (changed) onChange()
    })().finally(() => (reopening = undefined))
    return reopening
  }

  const remote: Remote = {
    era: 'legacy',
    transport: options.transport,
    get revision() {
      return session.revision
    },
    get known() {
      return session.known
    },
    headers: () => session.headers,
    async reopened({ status, body, sent }: RemoteRefusal) {
      if (!isLost(status, body)) return false
      if (sent === session.headers) await reopen(session)
      return true
    },
    canResume: ({ lastEventId }) => lastEventId !== undefined && lastEventId !== '',
    async close(limit) {
      stream.abort()
      if (session.id === undefined) return
      try {
        const request = {
          method: 'DELETE',
          headers: session.headers,
          label: 'end of session',
          signal: limit,
        } as const
        const answer = await endpoint.send(request)
        answer.discard()
      } catch (error) {
        observe({ type: 'request_failed', method: 'end of session', reason: asBridgeError(error).message })
      }
    },
  }
  void keepAlive(options, { ...options, remote })
  return remote
}

async function openSession(options: LegacyRemoteOptions): Promise<Session> {
  const { endpoint, host, nextId, onMessage, limits, signal } = options
  let id: string | undefined
  const params =
    host.initialize ??
    `{"protocolVersion":${JSON.stringify(latestLegacyRevision)},"capabilities":${host.capabilities},"clientInfo":${host.clientInfo ?? '{"name":"unknown","version":"0"}'}}`
  const onAnswer = ({ header }: { header: (name: string) => string | undefined }): void => {
    id = header('mcp-session-id')
  }
  const question = {
    id: nextId(),
    method: 'initialize',
    params,
    onMessage,
    onAnswer,
    silenceMs: openingMs,
    signal,
  }
  const reply = await ask(question, { endpoint, limits, remote: noRemote })
  if (!reply.ok) {
    const message = `${endpoint.url.host} refused to open a connection (${reply.code ?? 'no code'}). Check the address, or tell who runs the server.`
    throw new BridgeError('refused', message)
  }
  const revision = textIn(reply.result, 'protocolVersion') ?? latestLegacyRevision
  const headers = { 'mcp-protocol-version': revision, ...(id !== undefined && { 'mcp-session-id': id }) }
  const initialized = await endpoint.send({
    method: 'POST',
    headers: { ...messageHeaders({ method: 'notifications/initialized' }), ...headers },
    body: notificationOf('notifications/initialized'),
    label: 'notifications/initialized',
    signal,
    patient: true,
  })
  initialized.discard()
  return { id, revision, known: readDescription(reply.result), headers }
}
