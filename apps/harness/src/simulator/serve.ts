import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { createSimulator } from '@telamon/simulator'
import type { Seed, Simulator, SimulatorOptions } from '@telamon/simulator'

import { createAuthority } from '../tls/certificates.ts'
import { redirectModule } from '../tls/redirect.ts'
import { listen } from './listen.ts'
import type { Listener } from './listen.ts'

/** A simulator that listens. */
export interface Served {
  readonly simulator: Simulator
  /** Sign-in and gateway. */
  readonly platform: string
  /** Origins by the name of the site. */
  readonly sites: Readonly<Record<string, string>>
  /** The page of the administration, where it was asked for. */
  readonly admin?: string
  /** What clients need that insist on Atlassian's own names. */
  readonly tls?: Tls
  readonly stop: () => Promise<void>
}

export interface Tls {
  readonly port: number
  /** The file with the certificate of the authority. */
  readonly authority: string
  /** The file for `node --import`. */
  readonly redirect: string
}

export interface ServeOptions {
  /** The first of the ports in a row: sign-in and gateway, one for each site, the administration. 0 takes any. */
  readonly port: number
  /** A folder that keeps the world. */
  readonly data?: string
  /** What the world begins with. Default: the demo. */
  readonly seed?: Seed
  /** Whether the administration listens too. Default: false. */
  readonly admin?: boolean
  /** Whether it is served under Atlassian's own names, with a certificate of an authority of its own. Default: false. */
  readonly tls?: boolean
  /** Whether Atlassian's limits are enforced. Default: false. */
  readonly limits?: boolean
  /** Called with every answer of an operation. */
  readonly onAnswer?: SimulatorOptions['onAnswer']
}

/**
 * Serves a world on loopback. What a client asks for and the simulator does not understand is passed over, not refused.
 *
 * @throws Fault when a port cannot be used.
 */
export async function serveSimulator(options: ServeOptions): Promise<Served> {
  const { port, data, seed = 'demo', admin = false, tls = false, limits = false, onAnswer } = options
  const names = tls ? [] : siteNames(seed)
  const listeners: Listener[] = []
  let simulator: Simulator | undefined
  const starting = new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  const answer = async (request: Request): Promise<Response> =>
    (await simulator?.fetch(request)) ?? starting.clone()
  const administer = async (request: Request): Promise<Response> =>
    (await simulator?.admin(request)) ?? starting.clone()

  async function close(): Promise<void> {
    await Promise.all(listeners.map((listener) => listener.close()))
    await simulator?.close()
  }
  const place = (): number => (port === 0 ? 0 : port + listeners.length)
  try {
    const secured = tls ? await listenSecurely(answer, place(), data) : undefined
    if (secured) listeners.push(secured.listener)
    else for (let count = 0; count <= names.length; count += 1) listeners.push(await listen(answer, place()))
    const [first = '', ...others] = listeners.map(({ origin }) => origin)
    const sites = Object.fromEntries(names.map((name, index) => [name, others[index] ?? '']))
    if (admin) listeners.push(await listen(administer, place()))
    const made = createSimulator({
      seed,
      strict: false,
      compress: true,
      // Under their own names, the origins are the service's.
      ...(!secured && { origins: { auth: first, api: first, sites } }),
      ...(data !== undefined && { data: resolve(data) }),
      ...(limits && { limits: { enforce: true } }),
      ...(onAnswer && { onAnswer }),
    })
    simulator = made
    return {
      simulator,
      platform: secured ? 'https://api.atlassian.com' : first,
      sites: secured
        ? Object.fromEntries(made.summary().sites.map(({ name }) => [name, `https://${name}.atlassian.net`]))
        : sites,
      ...(admin && { admin: `${listeners.at(-1)?.origin}/_sim/` }),
      ...(secured && { tls: secured.tls }),
      stop: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Listens with a new certificate, and writes what clients need to find and to trust it. */
async function listenSecurely(
  answer: (request: Request) => Promise<Response>,
  port: number,
  data: string | undefined,
): Promise<{ readonly listener: Listener; readonly tls: Tls }> {
  const authority = createAuthority(
    ['auth.atlassian.com', 'api.atlassian.com', '*.atlassian.net', 'localhost'],
    Date.now(),
  )
  const listener = await listen(answer, port, authority)
  const folder = data === undefined ? mkdtempSync(join(tmpdir(), 'telamon-tls-')) : resolve(data, 'tls')
  mkdirSync(folder, { recursive: true })
  const tls = {
    port: Number(new URL(listener.origin).port),
    authority: join(folder, 'authority.pem'),
    redirect: join(folder, 'redirect.mjs'),
  }
  writeFileSync(tls.authority, authority.authority)
  writeFileSync(tls.redirect, redirectModule(tls.port))
  return { listener, tls }
}

/** They have to be known before a simulator can be told where they are. */
function siteNames(seed: Seed): readonly string[] {
  const plain = typeof seed === 'object' && !('sites' in seed) ? 'demo' : seed
  return createSimulator({ seed: plain })
    .summary()
    .sites.map(({ name }) => name)
}
