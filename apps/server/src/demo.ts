import { fileURLToPath } from 'node:url'

import { createSimulator, demoApp } from '@telamon/simulator'
import type { Simulator } from '@telamon/simulator'
import type { Logger } from 'pino'

import { banner } from './banner.ts'
import { emptyFolder, openFolder } from './data-folder.ts'
import { listen } from './listen.ts'
import type { Listener } from './listen.ts'
import { print } from './output.ts'
import { serve } from './serve.ts'
import type { Running } from './serve.ts'
import { readSettings } from './settings.ts'

const HOST = '127.0.0.1'
/** Names of the simulated sites, in the order of their ports. */
const siteNames = ['brightwater-demo', 'lakeside-demo'] as const

export interface DemoOptions {
  /** The server's; the simulator takes the ones behind it: sign-in and gateway, then one for each site. */
  readonly port: number
  readonly data: string
  readonly reset: boolean
}

/**
 * Runs the server on the embedded simulator, with everything it keeps in one folder.
 *
 * @throws Fault when a port or the folder cannot be used.
 */
export async function demo({ port, data, reset }: DemoOptions, log: Logger): Promise<Running> {
  const folder = openFolder(data)
  if (reset) emptyFolder(folder)
  const originAt = (offset: number): string => `http://${HOST}:${port + offset}`
  const sites = Object.fromEntries(siteNames.map((name, index) => [name, originAt(index + 2)]))
  const simulator = createSimulator({
    seed: 'demo',
    data: folder.simulator,
    strict: false,
    origins: { auth: originAt(1), api: originAt(1), sites },
  })
  const listeners = await listenAll(simulator, port + 1)
  const settings = readSettings({
    TELAMON_URL: originAt(0),
    TELAMON_HOST: HOST,
    TELAMON_PORT: String(port),
    TELAMON_STORE: `sqlite:${folder.path}`,
    ATLASSIAN_CLIENT_ID: demoApp.clientId,
    ATLASSIAN_CLIENT_SECRET: demoApp.clientSecret,
    ATLASSIAN_AUTH: originAt(1),
    ATLASSIAN_GATEWAY: originAt(1),
    TELAMON_REGISTRATIONS: '1000',
  })
  const server = await serve(settings, log)
  const program = fileURLToPath(new URL('../../proxy/src/main.ts', import.meta.url))
  print(
    banner({
      mcp: `${originAt(0)}/mcp`,
      sites: Object.entries(sites).map(([name, url]) => ({ name, url })),
      people: simulator.people,
      data: folder.path,
      proxy: [process.execPath, program],
    }),
  )
  return {
    async stop() {
      await server.stop()
      await Promise.all(listeners.map((listener) => listener.close()))
      await simulator.close()
    },
  }
}

/** One listener for sign-in and gateway, and one for each site. */
async function listenAll(simulator: Simulator, first: number): Promise<readonly Listener[]> {
  const listeners: Listener[] = []
  for (let offset = 0; offset <= siteNames.length; offset += 1) {
    listeners.push(await listen((request) => simulator.fetch(request), { host: HOST, port: first + offset }))
  }
  return listeners
}
