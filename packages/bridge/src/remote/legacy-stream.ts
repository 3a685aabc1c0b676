import type { Observe } from '../events.ts'
import type { Limits } from '../limits.ts'
import { readBody } from '../network/http.ts'
import { backoff, pause } from '../pause.ts'
import { asBridgeError } from '../problem.ts'
import type { Endpoint } from './endpoint.ts'
import type { OnMessage, StreamPosition } from './messages.ts'
import { readAnswer } from './messages.ts'

/** What the stream of a session is made of. */
export interface LegacyStreamOptions {
  readonly endpoint: Endpoint
  readonly headers: Readonly<Record<string, string>>
  readonly onMessage: OnMessage
  readonly isLost: (status: number, body: string) => boolean
  /** Opens the session anew, which ends this stream. */
  readonly onLost: () => Promise<void>
  readonly limits: Limits
  readonly observe: Observe
  readonly now: () => number
  readonly signal: AbortSignal
}

/** Milliseconds that a stream has to last before its end counts as a new beginning and not as one more failure. */
const steadyMs = 5_000

/**
 * Keeps the stream open on which a server of the legacy era speaks unasked. Never gives up, except when the server
 * has no such stream. @see MCP 2025-11-25, Streamable HTTP, Listening for Messages from the Server
 */
export async function keepLegacyStream(options: LegacyStreamOptions): Promise<void> {
  const { limits, observe, now, signal } = options
  const position: StreamPosition = {}
  for (let attempt = 0; !signal.aborted; attempt++) {
    const started = now()
    try {
      if ((await streamOnce(options, position)) === 'none') return
    } catch (error) {
      if (!signal.aborted) observe({ type: 'stream_broken', reason: asBridgeError(error).message })
    }
    if (now() - started > steadyMs) attempt = 0
    await pause(position.retryMs ?? backoff(attempt, limits), signal)
  }
}

/** `none`: the server has no such stream, or the session is another one by now. */
async function streamOnce(options: LegacyStreamOptions, position: StreamPosition): Promise<'none' | 'ended'> {
  const { endpoint, headers, onMessage, isLost, onLost, limits, signal } = options
  const { lastEventId } = position
  const answer = await endpoint.send({
    method: 'GET',
    headers: {
      accept: 'text/event-stream',
      ...headers,
      ...(lastEventId && { 'last-event-id': lastEventId }),
    },
    label: 'stream',
    signal,
    patient: true,
  })
  if (answer.status === 200) {
    await readAnswer(answer, { onMessage, position, limits })
    return 'ended'
  }
  const body = (await readBody(answer, limits.answerBytes)).toString()
  if (isLost(answer.status, body)) {
    await onLost()
    return 'none'
  }
  return answer.status >= 500 || answer.status === 429 ? 'ended' : 'none'
}
