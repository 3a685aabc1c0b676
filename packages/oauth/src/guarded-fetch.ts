import { isIP } from 'node:net'

import { readBoundedText } from './bounded-body.ts'
import {
  guardedTransport,
  isGuardError,
  type LookupAll,
  type Transport,
  type TransportAnswer,
} from './guarded-transport.ts'

/** What was fetched from an address that a stranger named. */
export interface GuardedDocument {
  readonly headers: TransportAnswer['headers']
  readonly text: string
}

/** Why nothing came. For the operator's log: everyone else gets one and the same sentence. */
export type GuardedRefusal =
  | 'address'
  | 'redirect'
  | 'status'
  | 'too_large'
  | 'not_text'
  | 'unreachable'
  | 'timeout'

/** The document, or why there is none. */
export type GuardedAnswer =
  | { readonly ok: true; readonly document: GuardedDocument }
  | { readonly ok: false; readonly reason: GuardedRefusal }

/** Bounds of one fetch. */
export interface GuardedLimits {
  /** Of the decoded body. */
  readonly bytes: number
  /** From start to end, in milliseconds. */
  readonly timeoutMs: number
}

/** Fetches a document from an address that a stranger named, without reaching anything that is not public. */
export type GuardedFetch = (url: string, limits: GuardedLimits) => Promise<GuardedAnswer>

/** What a guarded fetch rests on. */
export interface GuardedFetchOptions {
  /** Other ports than 443. Default: none. */
  readonly ports?: readonly number[]
  /** How names are resolved. Default: the system's resolver. */
  readonly lookup?: LookupAll
  /**
   * Takes the place of the guarded transport, for tests and for an egress proxy that guards by itself. Addresses are
   * still checked before it is called, but where names lead is then its business.
   */
  readonly fetch?: Transport
}

const headers = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'oauth-metadata' }

/**
 * Makes a guarded fetch: `https` on port 443 to a host name, no credentials, no redirects, a bounded body, a time-out.
 * A connection goes only to addresses that were looked up and found public, so a name that changes its mind between
 * look-up and connection gains nothing. Host names that are IP addresses never reach a look-up and are refused before.
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  const { ports = [], lookup, fetch: send = guardedTransport(lookup) } = options
  const allowed: ReadonlySet<string> = new Set(['', ...ports.map(String)])

  return async (url, { bytes, timeoutMs }) => {
    const address = URL.parse(url)
    if (address === null || !isFetchable(address, allowed)) return { ok: false, reason: 'address' }
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const answer = await orAbort(send(address.href, { headers, redirect: 'manual', signal }), signal)
      return await orAbort(readAnswer(answer, bytes), signal)
    } catch (error) {
      if (signal.aborted) return { ok: false, reason: 'timeout' }
      return { ok: false, reason: isGuardError(error) ? 'address' : 'unreachable' }
    }
  }
}

function isFetchable(address: URL, ports: ReadonlySet<string>): boolean {
  const host = address.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  return (
    address.protocol === 'https:' &&
    ports.has(address.port) &&
    address.username === '' &&
    address.password === '' &&
    isIP(host) === 0 &&
    host !== 'localhost' &&
    !host.endsWith('.localhost')
  )
}

async function readAnswer(
  { status, headers: received, body }: TransportAnswer,
  limit: number,
): Promise<GuardedAnswer> {
  const refuse = (reason: GuardedRefusal): GuardedAnswer => {
    body?.cancel().catch(ignore)
    return { ok: false, reason }
  }
  if (status >= 300 && status < 400) return refuse('redirect')
  if (status !== 200) return refuse('status')
  if (Number(received.get('content-length') ?? 0) > limit) return refuse('too_large')
  const read = await readBoundedText(body, limit)
  return read.ok ? { ok: true, document: { headers: received, text: read.text } } : read
}

/** Gives up on a transport that does not listen to its signal. */
function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(ignore)
  const abort = (): void => reject(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort))
}

const ignore = (): void => undefined
