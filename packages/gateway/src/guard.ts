import { isLoopback } from './address.ts'
import type { PublicAddress } from './address.ts'
import { refusal } from './replies.ts'

/** What the guard goes by. */
export interface GuardOptions {
  readonly address: PublicAddress
  /** Other origins whose pages may call the MCP endpoint from a browser. */
  readonly allowedOrigins: ReadonlySet<string>
}

/** Why a request may go no further. */
export type Guarded =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'host' | 'origin' | 'method'; readonly response: Response }

const passed: Guarded = { ok: true }

/**
 * Refuses a request that names a host which is not ours. A browser that was led here under another name (DNS rebinding)
 * sends that name. Nothing is asked of the MCP endpoint's caller but 403; elsewhere the request was misdirected.
 *
 * @see RFC 9110 section 15.5.20
 */
export function guardHost(request: Request, { address }: GuardOptions, status: 403 | 421): Guarded {
  const named = request.headers.get('host') ?? new URL(request.url).host
  if (address.hosts.has(hostnameOf(named))) return passed
  const response = refusal(status, 'wrong_host', `This server is ${address.origin}. Use that address.`)
  return { ok: false, reason: 'host', response }
}

/** Refuses pages of other origins at the MCP endpoint. Programs send no `Origin`; a page without one is nobody's. */
export function guardOrigin(request: Request, options: GuardOptions): Guarded {
  const origin = request.headers.get('origin')
  if (origin === null || isOwn(origin, options)) return passed
  const words =
    'Pages of this origin may not call this server. Its operator can allow the origin in the settings.'
  return { ok: false, reason: 'origin', response: refusal(403, 'wrong_origin', words) }
}

/** Refuses methods that an address does not know. */
export function guardMethod(request: Request, methods: readonly string[]): Guarded {
  if (methods.includes(request.method)) return passed
  const response = refusal(405, 'method_not_allowed', `Use ${methods.join(' or ')}.`)
  response.headers.set('allow', methods.join(', '))
  return { ok: false, reason: 'method', response }
}

/** A server on loopback trusts the pages that the same machine serves: there is no other way to try it in a browser. */
function isOwn(origin: string, { address, allowedOrigins }: GuardOptions): boolean {
  if (origin === address.origin || allowedOrigins.has(origin)) return true
  return address.loopback && URL.canParse(origin) && isLoopback(new URL(origin).hostname)
}

function hostnameOf(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '')
}
