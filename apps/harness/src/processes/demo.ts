import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { places } from '../places.ts'
import { freePorts } from './free-ports.ts'
import { startProgram } from './program.ts'
import type { Program } from './program.ts'

/** The server on its embedded simulator, as a process of its own. */
export interface Demo extends AsyncDisposable {
  readonly origin: string
  /** The address of the MCP endpoint. */
  readonly mcp: URL
  /** Origins of the simulated sites, by name. */
  readonly sites: Readonly<Record<string, string>>
  /** Stops it and starts it again: same ports, same data. */
  readonly restart: (options?: StartOptions) => Promise<void>
  readonly stop: () => Promise<void>
}

interface StartOptions {
  /** By how much the clock of the process goes ahead of the machine's, in milliseconds. Default: 0. */
  readonly clockAheadMs?: number
}

const PORTS = 4
const MOST_TRIES = 5

/**
 * Starts the demo on free ports with a data folder of its own, and waits until it says that it is up.
 *
 * @throws Error with what the server said, when it does not come up.
 */
export async function startDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'telamon-harness-'))
  const clear = (): void => {
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', clear)
  let port = 0
  let server: Program | undefined
  const data = join(folder, 'data')
  for (let tries = 1; server === undefined; tries += 1) {
    port = await freePorts(PORTS)
    try {
      server = await up(port, data)
    } catch (error) {
      if (tries < MOST_TRIES && String(error).includes('is in use')) continue
      clear()
      throw error
    }
  }
  const origin = `http://127.0.0.1:${port}`
  const sites = Object.fromEntries(
    [...server.said().matchAll(siteLine)].map(([, url = '', name = '']) => [name, url]),
  )

  async function stop(): Promise<void> {
    await server?.stop()
    clear()
    process.off('exit', clear)
  }
  return {
    origin,
    mcp: new URL('/mcp', origin),
    sites,
    async restart(options) {
      await server?.stop()
      server = await up(port, data, options)
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** `  Site           http://127.0.0.1:4182 (brightwater-demo: …)` */
const siteLine = /^\s*Site\s+(\S+) \(([\w-]+)/gm

async function up(port: number, data: string, { clockAheadMs = 0 }: StartOptions = {}): Promise<Program> {
  const ahead = clockAheadMs === 0 ? [] : ['--import', clockAhead(clockAheadMs)]
  const args = [...ahead, places.server, '--demo', '--port', String(port), '--data', data]
  const server = startProgram(process.execPath, { args })
  try {
    await server.line(/MCP endpoint/)
    // The last line of the banner: from here on, all of it can be read.
    await server.line(/Ctrl-C/)
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`)
    await ready.body?.cancel()
    if (!ready.ok) throw new Error(`The server is up and says that it is not ready: ${ready.status}`)
    return server
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** A module that sets the clock of a process ahead before anything else is loaded. */
function clockAhead(milliseconds: number): string {
  const source = `
    const { now } = Date
    const Plain = Date
    globalThis.Date = class extends Plain {
      constructor(...given) { if (given.length === 0) super(now() + ${milliseconds}); else super(...given) }
      static now() { return now() + ${milliseconds} }
    }`
  return `data:text/javascript,${encodeURIComponent(source)}`
}
