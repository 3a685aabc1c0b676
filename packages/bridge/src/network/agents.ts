import type { Agent, ClientRequest } from 'node:http'

import type { Milliseconds } from '../limits.ts'
import type { TlsOptions } from './tls.ts'
import { secureContext } from './tls.ts'
import { proxyAuthorization, tunnelThrough } from './tunnel.ts'

/** How servers are reached. */
export interface NetworkOptions extends TlsOptions {
  /** Milliseconds to reach a server, TLS included. Default: 10,000. */
  readonly connectMs?: Milliseconds
  /** Only addresses of IPv4, where routes of IPv6 lead nowhere. Default: false. */
  readonly ipv4?: boolean
  /** The proxy for an address. Default: none for any. See `proxyFromEnvironment`. */
  readonly proxyFor?: (url: URL) => URL | undefined
}

/** What a request begins with. */
export interface SendOptions {
  readonly method: string
  readonly headers: Readonly<Record<string, string | number>>
}

/** What starts requests over connections that are kept open. */
export interface Sender {
  readonly agent: Agent
  readonly start: (url: URL, options: SendOptions & { readonly agent: Agent }) => ClientRequest
}

/**
 * Milliseconds that a connection may idle and still be used again. Node's own servers close after 5 s: a request that
 * crosses the closing is lost, and nobody could say whether it was carried out.
 */
const idleMs = 4_000

const agentOptions = { keepAlive: true, timeout: idleMs, scheduling: 'lifo' } as const

/** Makes what sends to addresses of one protocol, straight or by a proxy. Loads Node's modules on first use. */
export async function loadSender(
  protocol: string,
  proxy: URL | undefined,
  options: NetworkOptions,
): Promise<Sender> {
  const family = options.ipv4 ? ({ family: 4 } as const) : {}
  if (protocol === 'https:') {
    const { Agent, request } = await import('node:https')
    const context = { ...agentOptions, ...family, secureContext: await secureContext(options) }
    if (!proxy) return { agent: new Agent(context), start: request }
    return { agent: tunnelThrough(proxy, { ...options, agent: new Agent(context) }), start: request }
  }
  const { Agent, request } = await import('node:http')
  const agent = new Agent({ ...agentOptions, ...family })
  if (!proxy) return { agent, start: request }
  return {
    agent,
    start: (url, { headers, ...rest }) =>
      request({
        ...rest,
        host: proxy.hostname,
        port: proxy.port || 80,
        path: `${url.origin}${url.pathname}${url.search}`,
        headers: { ...headers, host: url.host, ...proxyAuthorization(proxy) },
      }),
  }
}
