import type { Observe } from '../events.ts'
import { objectIn } from '../json/object.ts'
import type { Limits } from '../limits.ts'
import { keyOfId, requestOf } from '../message.ts'
import { backoff, pause } from '../pause.ts'
import { asBridgeError } from '../problem.ts'
import type { Endpoint } from './endpoint.ts'
import { exchange } from './exchange.ts'
import type { OnMessage } from './messages.ts'
import type { Remote } from './remote.ts'

/** What a subscription for a legacy host is made of. */
export interface ModernStreamOptions {
  readonly endpoint: Endpoint
  readonly remote: Remote
  readonly nextId: () => string
  /** The members of `_meta`, as raw JSON. */
  readonly stamp: () => string
  readonly onMessage: OnMessage
  readonly limits: Limits
  readonly observe: Observe
  readonly signal: AbortSignal
}

/** The changes a legacy host is told of unasked, kept up by `subscriptions/listen`. */
export interface ModernStream {
  /** Adds or removes a resource whose changes the host wants to hear of. */
  readonly watch: (uri: string, wanted: boolean) => void
}

/** Resources that are watched at a time. */
const maxWatched = 1_000

/** Opens the subscription if there is anything to hear, and keeps it open. */
export function keepModernStream(options: ModernStreamOptions): ModernStream {
  const { remote, signal } = options
  const watched = new Set<string>()
  let current = new AbortController()

  function restart(): void {
    current.abort()
    current = new AbortController()
    const filter = filterFor(remote, watched)
    if (filter) void keepListening(filter, { ...options, signal: AbortSignal.any([signal, current.signal]) })
  }

  restart()
  return {
    watch(uri, wanted) {
      const changed = wanted ? watched.size < maxWatched && !watched.has(uri) : watched.has(uri)
      if (!changed) return
      if (wanted) watched.add(uri)
      else watched.delete(uri)
      restart()
    },
  }
}

/** What there is to hear. Undefined: nothing. */
function filterFor({ known }: Remote, watched: ReadonlySet<string>): object | undefined {
  const changes = ['tools', 'prompts', 'resources'].filter(
    (name) => objectIn(known.capabilities, name)['listChanged'] === true,
  )
  if (changes.length === 0 && watched.size === 0) return undefined
  return {
    ...Object.fromEntries(changes.map((name) => [`${name}ListChanged`, true])),
    ...(watched.size > 0 && { resourceSubscriptions: [...watched] }),
  }
}

async function keepListening(filter: object, options: ModernStreamOptions): Promise<void> {
  const { endpoint, remote, nextId, stamp, onMessage, limits, observe, signal } = options
  for (let attempt = 0; !signal.aborted; attempt++) {
    const id = nextId()
    const params = `{"notifications":${JSON.stringify(filter)},"_meta":${stamp()}}`
    const bytes = requestOf(JSON.stringify(id), 'subscriptions/listen', params)
    const heard: OnMessage = (message) => {
      attempt = 0
      const isOurs =
        message.kind === 'notification' && message.method === 'notifications/subscriptions/acknowledged'
      if (!isOurs) onMessage(message)
    }
    try {
      const common = {
        key: keyOfId(id) ?? '',
        method: 'subscriptions/listen',
        repeatable: false,
        patient: true,
      }
      const answer = await exchange(
        { ...common, bytes, onMessage: heard, signal },
        { endpoint, remote, limits },
      )
      if (answer.error) return // It has no such stream, whatever it announced.
    } catch (error) {
      if (!signal.aborted) observe({ type: 'stream_broken', reason: asBridgeError(error).message })
    }
    await pause(backoff(attempt, limits), signal)
  }
}
