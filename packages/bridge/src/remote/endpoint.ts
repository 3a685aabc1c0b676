import { BridgeError } from '../bridge-error.ts'
import type { Observe } from '../events.ts'
import type { Limits } from '../limits.ts'
import type { Http, HttpAnswer } from '../network/http.ts'
import { acceptedEncodings } from '../network/http.ts'
import { backoff, pause } from '../pause.ts'
import type { Access } from '../sign-in/access.ts'
import { readChallenge } from '../sign-in/challenge.ts'
import { readRetryAfter } from './retry-after.ts'

/** A request to the server's one address. */
export interface EndpointRequest {
  /** Another address of the same origin. Default: the server's own. */
  readonly url?: URL
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
  /** For the log: the method of the message. */
  readonly label: string
  readonly signal?: AbortSignal
  /** Wait for a sign-in as long as it takes. */
  readonly patient?: boolean
  /** Milliseconds without a byte after which it is given up; 0 is never. Default: the limit for all requests. */
  readonly silenceMs?: number
  /** The same until the headers of the answer are there. Default: `silenceMs`. */
  readonly headersMs?: number
}

/** The server's address, with everything that concerns permission and patience. */
export interface Endpoint {
  readonly url: URL
  /**
   * Sends, and sends again what the server refused to look at: with a renewed token, after a sign-in, after the pause
   * it asked for, or to where it has moved on the same origin. Throws `HttpError` and `BridgeError`.
   */
  readonly send: (request: EndpointRequest) => Promise<HttpAnswer>
}

/** What an endpoint is made of. */
export interface EndpointOptions {
  readonly remote: URL
  readonly http: Http
  readonly access: Access
  /** Headers of every request, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly limits: Limits
  readonly observe: Observe
  readonly now: () => number
}

/** Times that one request may come back with 401 or 403 and be sent with another token. */
const renewals = 3

/** Makes the endpoint of a server. */
export function createEndpoint({
  remote,
  http,
  access,
  limits,
  observe,
  now,
  ...options
}: EndpointOptions): Endpoint {
  let url = remote

  async function once(request: EndpointRequest, authorization: string | undefined): Promise<HttpAnswer> {
    const { method, headers, body, label, signal, silenceMs } = request
    const started = now()
    const answer = await http({
      method,
      url: request.url ?? url,
      headers: {
        'accept-encoding': acceptedEncodings,
        ...options.headers,
        ...headers,
        ...(authorization && { authorization }),
      },
      silenceMs: silenceMs ?? limits.silenceMs,
      headersMs: request.headersMs ?? silenceMs ?? limits.headersMs,
      ...(body && { body }),
      ...(signal && { signal }),
    })
    observe({ type: 'exchange', method: label, status: answer.status, ms: now() - started })
    return answer
  }

  /** Whether the address has moved within its origin. Credentials follow no further. */
  function moved(answer: HttpAnswer): boolean {
    if (answer.status !== 307 && answer.status !== 308) return false
    const location = answer.header('location')
    const next =
      location !== undefined && URL.canParse(location, url.href) ? new URL(location, url) : undefined
    if (next?.origin !== url.origin || next.href === url.href) return false
    url = next
    return true
  }

  async function send(request: EndpointRequest): Promise<HttpAnswer> {
    const { signal, patient = false } = request
    const wait = { patient, ...(signal && { signal }) }
    let waited = 0
    for (let [renewed, busy, hops] = [0, 0, 0]; ;) {
      const authorization = await access.authorization(wait)
      const answer = await once(request, authorization)
      const challenge = readChallenge(answer.header('www-authenticate'))
      const refusal = { refused: authorization, challenge, ...wait }
      if (answer.status === 401) {
        answer.discard()
        if (renewed++ === renewals) throw refusedAgain(remote)
        await access.renew(refusal)
        continue
      }
      access.accepted(authorization)
      if (answer.status === 403 && challenge?.error === 'insufficient_scope' && renewed++ < renewals) {
        answer.discard()
        await access.widen(refusal)
        continue
      }
      if (!request.url && moved(answer) && hops++ < 3) {
        answer.discard()
        continue
      }
      const delay = pauseOf(answer, busy, now())
      if (delay === undefined || waited + delay > limits.busyMs || signal?.aborted) return answer
      answer.discard()
      busy++
      waited += delay
      await pause(delay, signal)
    }
  }

  /** How long a busy server wants us to wait. A 503 without a date may come from anywhere, after anything was done. */
  function pauseOf(answer: HttpAnswer, attempt: number, time: number): number | undefined {
    if (answer.status !== 429 && answer.status !== 503) return undefined
    const told = readRetryAfter(answer.header('retry-after'), time)
    return told ?? (answer.status === 429 ? backoff(attempt, limits) : undefined)
  }

  return {
    get url() {
      return url
    },
    send,
  }
}

function refusedAgain({ host }: URL): BridgeError {
  return new BridgeError('sign_in_failed', `${host} refuses each token anew. Tell who runs the server.`)
}
