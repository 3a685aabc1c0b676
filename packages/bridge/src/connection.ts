import { BridgeError, isBridgeError } from './bridge-error.ts'
import type { Observe } from './events.ts'
import type { Limits } from './limits.ts'
import { backoff, orAborted, pause } from './pause.ts'
import { asBridgeError } from './problem.ts'
import { connectLegacy } from './remote/legacy-remote.ts'
import type { OnMessage } from './remote/messages.ts'
import { connectModern } from './remote/modern-remote.ts'
import type { Verdict } from './remote/probe.ts'
import { probe } from './remote/probe.ts'
import type { Remote } from './remote/remote.ts'
import type { Route, Transport, TransportChoice } from './remote/route.ts'
import { transportsOf } from './remote/route.ts'
import type { HostIdentity } from './revisions.ts'
import type { CachedConnection } from './server-description.ts'
import type { Access } from './sign-in/access.ts'
import { isSignInProblem } from './sign-in/oauth-access.ts'

/** The connection with the server: made behind the host's back, and again until it stands. */
export interface Connection {
  /** Begins to connect, once it is known who the host is. */
  readonly begin: (host: HostIdentity) => void
  /** The remote, as soon as there is one. Throws `BridgeError` when an attempt fails or a person is slow to sign in. */
  readonly ready: (signal: AbortSignal) => Promise<Remote>
  readonly current: () => Remote | undefined
  /** Says goodbye, in bounded time. */
  readonly close: () => Promise<void>
}

/** What a connection is made of. */
export interface ConnectionOptions {
  readonly endpoint: Route
  /** Default: Streamable HTTP, and HTTP+SSE where the server knows only that. */
  readonly transport?: TransportChoice
  /** `legacy`: the server is not asked for its era. Default: `auto`. */
  readonly protocol?: 'auto' | 'legacy'
  readonly access: Access
  readonly cached: () => Promise<CachedConnection | undefined>
  readonly nextId: () => string
  readonly onMessage: OnMessage
  /** Called when the server is there, and again when it describes itself otherwise. */
  readonly onConnected: (remote: Remote) => void
  readonly limits: Limits
  readonly observe: Observe
  readonly now: () => number
}

/** Makes a connection that has not begun. */
export function createConnection(options: ConnectionOptions): Connection {
  const { endpoint, access, cached, onConnected, limits, observe, now } = options
  const transports = transportsOf[options.transport ?? 'http-first']
  const closing = new AbortController()
  const { signal } = closing
  let host: HostIdentity | undefined
  let remote: Remote | undefined
  let attempt: Promise<Remote> | undefined
  let keeping = false
  /** Whether a server may be making a session for us. */
  let isOpening = false

  function connect(identity: HostIdentity): Promise<Remote> {
    attempt ??= open(identity).finally(() => (attempt = undefined))
    return attempt
  }

  async function open(identity: HostIdentity): Promise<Remote> {
    const made = (await openAsLast(identity)) ?? (await openAs(await verdictOn(identity), identity))
    remote = made
    observe({ type: 'connected', era: made.era, revision: made.revision })
    onConnected(made)
    return made
  }

  function announce(): void {
    if (remote) onConnected(remote)
  }

  /** A server that was legacy lately is not asked for its era: one request less at each start. */
  async function openAsLast(identity: HostIdentity): Promise<Remote | undefined> {
    const last = await cached()
    if (last?.era !== 'legacy' || now() - last.at >= limits.verdictMs) return undefined
    const { transport = 'http' } = last
    if (!transports.includes(transport)) return undefined
    try {
      return await openLegacy(identity, [transport])
    } catch (error) {
      if (isBridgeError(error, 'refused')) return undefined // It may have become another one.
      throw error
    }
  }

  async function verdictOn(identity: HostIdentity): Promise<Verdict> {
    if (options.protocol === 'legacy' || transports[0] === 'sse') return { era: 'legacy' }
    endpoint.take('http')
    return probe({ host: identity, id: options.nextId(), signal }, { endpoint, limits })
  }

  async function openAs(verdict: Verdict, identity: HostIdentity): Promise<Remote> {
    return verdict.era === 'modern' ? connectModern(verdict.known) : openLegacy(identity, transports)
  }

  async function openLegacy(
    identity: HostIdentity,
    [transport = 'http', ...others]: readonly Transport[],
  ): Promise<Remote> {
    isOpening = true
    endpoint.take(transport)
    try {
      return await connectLegacy({ ...options, transport, host: identity, signal, onChange: announce })
    } catch (error) {
      if (others.length === 0 || !speaksOtherwise(error, transport)) throw error
      return await openLegacy(identity, others)
    } finally {
      isOpening = false
    }
  }

  /** Tries until it stands. What waits for a person is not tried again by itself. */
  async function keepTrying(identity: HostIdentity): Promise<void> {
    if (keeping || remote) return
    keeping = true
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        await connect(identity)
        break
      } catch (error) {
        if (signal.aborted || isSignInProblem(error) || isBridgeError(error, 'not_stored')) break
        const nextAttemptMs = backoff(failures, limits)
        observe({ type: 'connection_failed', reason: asBridgeError(error).message, nextAttemptMs })
        await pause(nextAttemptMs, signal)
      }
    }
    keeping = false
  }

  async function ready(waiting: AbortSignal): Promise<Remote> {
    if (remote) return remote
    if (!host) throw new BridgeError('closing', 'The host has not said who it is.')
    const attempting = connect(host)
    attempting.catch(() => undefined) // Heard by whoever waits; they may have stopped waiting.
    void keepTrying(host)
    return orAborted(Promise.race([attempting, access.overdue()]), waiting)
  }

  return {
    begin(identity) {
      host ??= identity
      void keepTrying(host)
    },
    ready,
    current: () => remote,
    async close() {
      const limit = AbortSignal.timeout(limits.goodbyeMs)
      // A session that is being opened at this moment could not be closed without its id.
      if (isOpening) await Promise.race([attempt?.catch(() => undefined), pause(limits.goodbyeMs)])
      closing.abort()
      await remote?.close(limit)
    },
  }
}

/** Whether a refusal may mean that the server knows only the other transport. */
function speaksOtherwise(error: unknown, transport: Transport): boolean {
  if (!isBridgeError(error, 'refused')) return false
  return transport === 'sse' || error.status === 404 || error.status === 405
}
