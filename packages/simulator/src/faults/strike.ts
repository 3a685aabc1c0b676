import { confluenceV2Error, gatewayError, jiraError } from '../http/errors.ts'
import { empty, type Reply } from '../http/reply.ts'
import { isObject } from '../http/value.ts'
import type { Random } from '../world/random.ts'
import type { Fault } from './fault.ts'

const htmlType = 'text/html; charset=utf-8'

const edgePage = (status: number): string =>
  `<html><head><title>${status}</title></head><body><h1>${status}</h1><p>The request could not be satisfied.</p></body></html>`

/** Which service the fault stands in for: its bodies have its own form. */
export type Faulty = 'jira' | 'confluence' | 'platform'

function refusal(faulty: Faulty, status: number, sentence: string): Reply {
  if (faulty === 'jira') return jiraError(status, [sentence])
  return faulty === 'confluence' ? confluenceV2Error(status, sentence) : gatewayError(status, sentence)
}

function rateLimited(fault: Extract<Fault, { kind: 'rate-limited' }>, faulty: Faulty): Reply {
  const { retryAfter = 1, reason, limit = 350, headers } = fault
  return {
    ...refusal(faulty, 429, 'Rate limit exceeded.'),
    headers: {
      ...(retryAfter !== null && { 'retry-after': String(retryAfter) }),
      ...(reason !== undefined && { 'ratelimit-reason': reason }),
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': '0',
      ...headers,
    },
  }
}

function serverError(fault: Extract<Fault, { kind: 'error' }>, faulty: Faulty): Reply {
  const { status, body = status === 500 ? 'json' : 'html', retryAfter } = fault
  const headers = {
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...fault.headers,
  }
  if (body === 'json') return { ...refusal(faulty, status, 'Internal server error'), headers }
  if (body === 'empty') return { status, headers }
  return { status, text: edgePage(status), headers: { ...headers, 'content-type': htmlType } }
}

/** Faults of the gateway, which are answered by it and not by a product. */
export const gatewayFaults: ReadonlySet<Fault['kind']> = new Set([
  'unauthorized',
  'expired-token',
  'revoked-grant',
  'scope-mismatch',
  'policy',
])

/** The answer in place of the right one; undefined for faults that need the right one first. */
export function replyInstead(
  fault: Fault,
  { url, faulty }: { readonly url: URL; readonly faulty: Faulty },
): Reply | undefined {
  if (fault.kind === 'rate-limited') return rateLimited(fault, faulty)
  if (fault.kind === 'error') return serverError(fault, faulty)
  if (['unauthorized', 'expired-token', 'revoked-grant'].includes(fault.kind))
    return gatewayError(401, 'Unauthorized')
  if (fault.kind === 'scope-mismatch') return gatewayError(401, 'Unauthorized; scope does not match')
  if (fault.kind === 'policy') {
    return gatewayError(403, fault.message ?? 'The IP address of the request is not on the allowlist')
  }
  if (fault.kind === 'not-found')
    return refusal(faulty, 404, 'It does not exist or you do not have permission to see it.')
  if (fault.kind === 'conflict') return refusal(faulty, 409, 'It was changed by somebody else.')
  if (fault.kind === 'html')
    return { status: 200, text: edgePage(200), headers: { 'content-type': htmlType } }
  return fault.kind === 'redirect-loop' ? empty(302, { location: url.href }) : undefined
}

/** What a broken connection looks like to whoever called `fetch`. */
function connectionReset(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  return new TypeError('fetch failed', { cause })
}

/** Waits until the request is given up or the simulator closes, and then breaks off. */
export async function hang(request: Request, closed: AbortSignal): Promise<never> {
  const given = AbortSignal.any([request.signal, closed])
  await new Promise<void>((resolve) => {
    if (given.aborted) resolve()
    else given.addEventListener('abort', () => resolve(), { once: true })
  })
  request.signal.throwIfAborted()
  throw connectionReset()
}

/** Waits so many milliseconds, or until the signal fires. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<unknown>

/** What spoiling takes. */
export interface Spoiling {
  readonly random: Random
  readonly wait: Wait
  /** Fires when the request is given up or the simulator closes. */
  readonly signal: AbortSignal
}

/** The right answer, spoilt. */
export async function spoil(fault: Fault, response: Response, spoiling: Spoiling): Promise<Response> {
  if (fault.kind === 'slow-answer') {
    await spoiling.wait(fault.milliseconds, spoiling.signal)
    spoiling.signal.throwIfAborted()
  }
  if (fault.kind === 'slow-body') return slowly(response, fault.bytesPerSecond, spoiling)
  if (fault.kind === 'garbage')
    return copy(response, new Uint8Array(spoiling.random.bytes('garbage', fault.bytes)))
  if (fault.kind === 'lose-answer') throw connectionReset()
  if (fault.kind === 'reset') {
    if (fault.afterBytes === undefined) throw connectionReset()
    return breakingOff(response, fault.afterBytes)
  }
  if (fault.kind === 'truncated') {
    return copy(response, new Uint8Array(await response.arrayBuffer()).slice(0, fault.bytes))
  }
  if (fault.kind === 'wrong-type') {
    const changed = copy(response, await response.arrayBuffer())
    changed.headers.set('content-type', fault.contentType ?? 'text/plain')
    return changed
  }
  return fault.kind === 'omit' ? without(response, new Set(fault.members)) : response
}

/** A piece every tenth of a second, of one byte at least. */
async function slowly(
  response: Response,
  bytesPerSecond: number,
  { wait, signal }: Spoiling,
): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const size = Math.max(1, Math.ceil(bytesPerSecond / 10))
  const pause = (1000 * size) / bytesPerSecond
  let sent = 0
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await wait(pause, signal)
      if (signal.aborted) return controller.error(connectionReset())
      controller.enqueue(bytes.slice(sent, sent + size))
      sent += size
      if (sent >= bytes.length) controller.close()
    },
  })
  return announced(response, { length: bytes.length, body: bytes.length === 0 ? new Uint8Array() : stream })
}

async function without(response: Response, members: ReadonlySet<string>): Promise<Response> {
  const body: unknown = await response.clone().json()
  if (!isObject(body)) return response
  const kept = Object.entries(body).filter(([name]) => !members.has(name))
  return copy(response, JSON.stringify(Object.fromEntries(kept)))
}

function copy(
  { status, headers }: Response,
  body: string | Uint8Array<ArrayBuffer> | ArrayBuffer | ReadableStream<Uint8Array>,
): Response {
  return new Response(body, { status, headers })
}

async function breakingOff(response: Response, afterBytes: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.slice(0, afterBytes))
    },
    pull(controller) {
      controller.error(connectionReset())
    },
  })
  return announced(response, { length: bytes.length, body: stream })
}

/** An answer that says how long it is going to be, so that nothing waits for the end of it before it is passed on. */
function announced(
  response: Response,
  {
    length,
    body,
  }: { readonly length: number; readonly body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> },
): Response {
  const changed = copy(response, body)
  changed.headers.set('content-length', String(length))
  return changed
}
