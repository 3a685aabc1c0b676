import { resolve } from 'node:path'

import { createSimulator } from '@telamon/simulator'
import type { Simulator } from '@telamon/simulator'

import { listen } from './listen.ts'
import type { Listener } from './listen.ts'

/** A simulator that listens. */
export interface Served {
  readonly simulator: Simulator
  /** Sign-in and gateway. */
  readonly platform: string
  /** Origins by the name of the site. */
  readonly sites: Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
}

export interface ServeOptions {
  /** The first of the ports in a row: sign-in and gateway, then one for each site. 0 takes any. */
  readonly port: number
  /** A folder that keeps the world. */
  readonly data?: string
}

/**
 * Serves the demo's world on loopback. What a client asks for and the simulator does not understand is passed over,
 * not refused.
 *
 * @throws Fault when a port cannot be used.
 */
export async function serveSimulator({ port, data }: ServeOptions): Promise<Served> {
  const names = siteNames()
  const listeners: Listener[] = []
  let simulator: Simulator | undefined
  const answer = async (request: Request): Promise<Response> =>
    (await simulator?.fetch(request)) ?? new Response(null, { status: 503, headers: { 'retry-after': '1' } })

  async function close(): Promise<void> {
    await Promise.all(listeners.map((listener) => listener.close()))
    await simulator?.close()
  }
  try {
    for (let offset = 0; offset <= names.length; offset += 1)
      listeners.push(await listen(answer, port === 0 ? 0 : port + offset))
    const [platform = '', ...origins] = listeners.map(({ origin }) => origin)
    const sites = Object.fromEntries(names.map((name, index) => [name, origins[index] ?? '']))
    simulator = createSimulator({
      seed: 'demo',
      strict: false,
      compress: true,
      origins: { auth: platform, api: platform, sites },
      ...(data !== undefined && { data: resolve(data) }),
    })
    return { simulator, platform, sites, stop: close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Of the demo: they have to be known before it can be told where they are. */
function siteNames(): readonly string[] {
  return [...createSimulator({ seed: 'demo' }).world.sites.values()].map(({ name }) => name)
}
