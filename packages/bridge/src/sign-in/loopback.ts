import type { IncomingMessage, Server, ServerResponse } from 'node:http'

import { BridgeError } from '../bridge-error.ts'
import { isLoopback } from './addresses.ts'
import type { Page } from './page.ts'
import { renderPage } from './page.ts'

/** Where the browser comes back to. */
export interface LoopbackOptions {
  /** The name in the redirect address. The listener is on 127.0.0.1 whatever it says. Default: 127.0.0.1. */
  readonly host?: string
  /** Default: `/oauth/callback`. */
  readonly path?: string
  /** The whole redirect address, where something else leads here. Its path counts. */
  readonly redirectUri?: URL
  /** A port that must be used. */
  readonly fixedPort?: number
  /** A port to try before any other. */
  readonly wantedPort?: number
}

/** A listener for one sign-in. */
export interface Loopback {
  readonly redirectUri: string
  /** Resolves with the query of the first callback that carries the state. All others are refused, and waiting goes on. */
  readonly callback: (state: string, signal: AbortSignal) => Promise<URLSearchParams>
  /** The same for an address that a person pastes. False: it does not carry the state. */
  readonly paste: (address: string) => boolean
  /** Shows the browser that is waiting how it ended. */
  readonly show: (page: Page) => Promise<void>
  readonly close: () => void
}

/** Opens a listener on this machine. It accepts callbacks before any browser is opened. @see RFC 8252, section 7.3 */
export async function openLoopback({
  host = '127.0.0.1',
  redirectUri,
  path = redirectUri?.pathname ?? '/oauth/callback',
  fixedPort = portOf(redirectUri),
  wantedPort,
}: LoopbackOptions): Promise<Loopback> {
  const [{ createServer }, isSame] = await Promise.all([import('node:http'), loadComparison()])
  const waiting: Waiting = { isSame, path }
  const server = createServer((request, response) => void handle(request, response, waiting))
  const port =
    fixedPort === undefined ? await listenAnywhere(server, wantedPort) : await listenAt(server, fixedPort)
  return {
    redirectUri: redirectUri?.href ?? `http://${host}:${port}${path}`,
    callback: (state, signal) =>
      new Promise((resolve, reject) => {
        const give = (): void =>
          reject(new BridgeError('sign_in_failed', 'Nobody finished the sign-in in time. Sign in again.'))
        if (signal.aborted) return give()
        signal.addEventListener('abort', give, { once: true })
        waiting.state = state
        waiting.take = (query) => {
          signal.removeEventListener('abort', give)
          resolve(query)
        }
      }),
    paste(address) {
      const text = address.trim()
      return URL.canParse(text) && take(new URL(text).searchParams, waiting)
    },
    async show(page) {
      const { browser } = waiting
      delete waiting.browser
      if (browser) await answer(browser, page)
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

interface Waiting {
  readonly isSame: Comparison
  readonly path: string
  state?: string
  take?: (query: URLSearchParams) => void
  /** The response that is kept until the sign-in has ended. */
  browser?: ServerResponse
}

async function handle(request: IncomingMessage, response: ServerResponse, waiting: Waiting): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (request.method !== 'GET' || url.pathname !== waiting.path) {
    return answer(response, {
      status: 404,
      title: 'Not here',
      text: 'Only a sign-in comes back to this address.',
    })
  }
  waiting.browser = response
  if (!take(url.searchParams, waiting)) {
    delete waiting.browser
    const text =
      'This is not the answer to the sign-in that is waiting. Use the address that the proxy showed last.'
    return answer(response, { status: 400, title: 'Not this sign-in', text })
  }
}

/** Hands the query over if it carries the state, which is good for one use. */
function take(query: URLSearchParams, waiting: Waiting): boolean {
  const { state, isSame } = waiting
  if (state === undefined || !isSame(query.get('state') ?? '', state)) return false
  const { take: hand } = waiting
  delete waiting.state
  delete waiting.take
  hand?.(query)
  return true
}

/** The listener behind an address of this machine is at its port; behind any other it may be anywhere. */
function portOf(redirectUri: URL | undefined): number | undefined {
  return redirectUri && isLoopback(redirectUri.hostname) && redirectUri.port !== ''
    ? Number(redirectUri.port)
    : undefined
}

type Comparison = (given: string, state: string) => boolean

/** Compares in a time that does not depend on where the texts differ. */
async function loadComparison(): Promise<Comparison> {
  const { createHash, timingSafeEqual } = await import('node:crypto')
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return (given, state) => timingSafeEqual(digest(given), digest(state))
}

async function answer(response: ServerResponse, page: Page): Promise<void> {
  const { html, headers } = await renderPage(page)
  const where = page.location === undefined ? {} : { location: page.location }
  await new Promise<void>((resolve) => {
    response.once('close', resolve)
    response.writeHead(page.status, { ...headers, ...where }).end(html)
  })
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

async function listenAt(server: Server, port: number): Promise<number> {
  try {
    return await listen(server, port)
  } catch (error) {
    const message = `Port ${port} on this machine is in use. End the program that holds it, or give another callback port.`
    throw new BridgeError('sign_in_failed', message, { cause: error })
  }
}

async function listenAnywhere(server: Server, wanted: number | undefined): Promise<number> {
  try {
    return await listen(server, wanted ?? 0)
  } catch {
    return listen(server, 0) // The wanted port is taken: any other will do, with a new registration.
  }
}
