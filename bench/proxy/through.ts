import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Contender } from './contenders.ts'
import type { Caller } from './direct.ts'
import { lengthIn } from './direct.ts'
import type { StdioHost } from './stdio-host.ts'
import { startStdioHost, within } from './stdio-host.ts'

/** A caller that goes through a program. */
export interface Through extends Caller {
  readonly megabytes: () => number
}

/** Milliseconds after which a program counts as one that does not answer. */
const patienceMs = 120_000

interface Opened extends Through {
  readonly initializeMs: number
}

/** Starts a program and opens the connection. */
export async function openThrough(contender: Contender, url: string): Promise<Opened> {
  const home = mkdtempSync(join(tmpdir(), 'bench-proxy-'))
  const begin = performance.now()
  const host = startStdioHost({
    command: contender.command(url),
    environment: {
      PATH: process.env['PATH'],
      HOME: home,
      XDG_STATE_HOME: home,
      MCP_REMOTE_CONFIG_DIR: home,
      TELAMON_PROXY_STORAGE: 'plain',
    },
  })
  const clientInfo = { name: 'bench', version: '1' }
  await answered(
    host.request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }),
    contender,
  )
  const initializeMs = performance.now() - begin
  host.send({ method: 'notifications/initialized' })
  return {
    initializeMs,
    megabytes: () => residentOf(host),
    call: async (name, args) =>
      lengthIn(await answered(host.request('tools/call', { name, arguments: args }), contender)),
    async close() {
      host.end()
      await within(5_000, host.exited)
      host.kill()
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** One cold start: until `initialize` is answered, until the first call is, and the memory a moment later. */
export async function startMeasured(
  contender: Contender,
  url: string,
): Promise<{ readonly initializeMs: number; readonly callMs: number; readonly megabytes: number }> {
  const begin = performance.now()
  const opened = await openThrough(contender, url)
  await opened.call('echo', { text: 'first' })
  const callMs = performance.now() - begin
  await new Promise((resolve) => setTimeout(resolve, 100))
  const megabytes = opened.megabytes()
  await opened.close()
  return { initializeMs: opened.initializeMs, callMs, megabytes }
}

async function answered<Value>(work: Promise<Value>, { name }: Contender): Promise<Value> {
  const value = await within(patienceMs, work)
  if (value === undefined) throw new Error(`${name} gave no answer.`)
  return value
}

/** Resident memory in megabytes, as Linux counts it. */
function residentOf({ child }: StdioHost): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) / 1_024
}
