import type { Agent as HttpAgent } from 'node:http'
import type { Agent } from 'node:https'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'

import type { Milliseconds } from '../limits.ts'
import { HttpError } from './http-error.ts'

/** What a tunnel is made of. */
export interface TunnelOptions {
  /** Keeps the connections. */
  readonly agent: Agent
  readonly connectMs?: Milliseconds
}

/** Lets an agent reach its servers through a proxy, by `CONNECT`. @see RFC 9110, section 9.3.6 */
export function tunnelThrough(proxy: URL, { agent, connectMs = 10_000 }: TunnelOptions): HttpAgent {
  const { secureContext } = agent.options
  return Object.assign(agent, {
    createConnection(
      target: { readonly host?: string | null; readonly port?: string | number | null },
      callback: (error: Error | null, socket: TLSSocket | undefined) => void,
    ): undefined {
      const [host, port] = [target.host ?? '', Number(target.port ?? 443)]
      const secured = open(proxy, `${host}:${port}`, connectMs).then(async (socket) => {
        const { connect } = await import('node:tls')
        const servername = /^[\d.]+$|:/.test(host) ? '' : host
        return secure(connect({ socket, host, servername, ...(secureContext && { secureContext }) }))
      })
      void settle(secured, callback)
    },
  })
}

/** Tells Node's agent, which takes a callback. */
async function settle(
  secured: Promise<TLSSocket>,
  callback: (error: Error | null, socket: TLSSocket | undefined) => void,
): Promise<void> {
  try {
    callback(null, await secured)
  } catch (error) {
    callback(error instanceof Error ? error : new Error('The tunnel broke.'), undefined)
  }
}

/** Asks the proxy for a connection. */
async function open(proxy: URL, target: string, connectMs: Milliseconds): Promise<Duplex> {
  const { request: start } = await (proxy.protocol === 'https:' ? import('node:https') : import('node:http'))
  return new Promise((resolve, reject) => {
    const asking = start({
      method: 'CONNECT',
      host: proxy.hostname,
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      path: target,
      headers: { host: target, ...proxyAuthorization(proxy) },
      timeout: connectMs,
      agent: false,
    })
    asking.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode === 200) return resolve(socket)
      socket.destroy()
      const what = statusCode === 407 ? 'wants to know who asks' : 'refuses the way'
      const message = `The proxy ${proxy.host} ${what} to ${target} (${statusCode}). Check HTTPS_PROXY, and NO_PROXY if no proxy is needed.`
      return reject(new HttpError('unreachable', message))
    })
    asking.once('timeout', () => asking.destroy(new Error('timeout')))
    asking.once('error', (error) => {
      const message = `The proxy ${proxy.host} cannot be reached. Check HTTPS_PROXY, and NO_PROXY if no proxy is needed.`
      reject(new HttpError('unreachable', message, error))
    })
    asking.end()
  })
}

function secure(socket: TLSSocket): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('secureConnect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

/** What a proxy is told of who asks, from its own address. */
export function proxyAuthorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (!username && !password) return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
