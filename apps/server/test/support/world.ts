import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'

import { createSimulator, demoApp } from '@telamon/simulator'
import type { Simulator } from '@telamon/simulator'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'

import { createApp } from '../../src/app.ts'
import { listen } from '../../src/listen.ts'
import type { Listener } from '../../src/listen.ts'
import { readSettings } from '../../src/settings.ts'

/** A request as it arrived upstream. */
interface UpstreamRequest {
  readonly method: string
  readonly url: URL
  readonly authorization: string
  readonly body: string
}

/** The whole server in this process, on a simulator behind real sockets of this machine. */
export interface World {
  readonly origin: string
  readonly simulator: Simulator
  /** Everything that arrived at the simulator from the server, or from a browser. */
  readonly upstream: UpstreamRequest[]
  /** Everything that was logged at the level `debug`. */
  readonly log: () => string
  /** The folder of the store and the keys. */
  readonly folder: string
  /** As the environment of the server would have them. */
  readonly settings: Readonly<Record<string, string>>
  readonly send: (request: Request, address?: string) => Promise<Response>
  /** Ends the server and starts another one on the same folder. */
  readonly restart: () => Promise<void>
  readonly sweep: () => Promise<void>
}

const siteNames = ['brightwater-demo', 'lakeside-demo']
const host = '127.0.0.1'

export async function createWorld(settings: Readonly<Record<string, string>> = {}): Promise<World> {
  const upstream: UpstreamRequest[] = []
  let simulator: Simulator | undefined
  const answer = async (request: Request): Promise<Response> => {
    const body = await request.clone().text()
    const authorization = request.headers.get('authorization') ?? ''
    upstream.push({ method: request.method, url: new URL(request.url), authorization, body })
    return (await simulator?.fetch(request)) ?? new Response(null, { status: 503 })
  }
  const listeners: Listener[] = []
  for (const _ of ['platform', ...siteNames]) listeners.push(await listen(answer, { host, port: 0 }))
  const [platform = '', ...sites] = listeners.map(({ port }) => `http://${host}:${port}`)
  simulator = createSimulator({
    seed: 'demo',
    strict: false,
    random: (array) => crypto.getRandomValues(array),
    origins: {
      auth: platform,
      api: platform,
      sites: Object.fromEntries(siteNames.map((name, index) => [name, sites[index] ?? ''])),
    },
  })

  const folder = mkdtempSync(join(tmpdir(), 'telamon-server-'))
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const origin = `http://${host}:4180`
  const environment = {
    TELAMON_URL: origin,
    TELAMON_STORE: `sqlite:${folder}`,
    TELAMON_PLAN: 'enterprise',
    TELAMON_REGISTRATIONS: '1000',
    ATLASSIAN_CLIENT_ID: demoApp.clientId,
    ATLASSIAN_CLIENT_SECRET: demoApp.clientSecret,
    ATLASSIAN_AUTH: platform,
    ATLASSIAN_GATEWAY: platform,
    ...settings,
  }
  const open = () => createApp(readSettings(environment), pino({ level: 'debug' }, sink))
  let app = await open()
  const last = simulator
  onTestFinished(async () => {
    await app.close()
    await Promise.all(listeners.map((listener) => listener.close(0)))
    await last.close()
    rmSync(folder, { recursive: true })
  })

  return {
    origin,
    simulator: last,
    upstream,
    folder,
    settings: environment,
    log: () => lines.join(''),
    send: (request, address = '203.0.113.7') => app.fetch(request, { address }),
    sweep: () => app.sweep(AbortSignal.timeout(10_000)),
    async restart() {
      await app.close()
      app = await open()
    },
  }
}
