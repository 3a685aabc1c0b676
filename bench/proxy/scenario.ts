import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Contender } from './contenders.ts'
import type { RunningServer } from './run-server.ts'
import { runServer } from './run-server.ts'
import type { Heard, StdioHost } from './stdio-host.ts'
import { startStdioHost, within } from './stdio-host.ts'

/** One thing that goes wrong, and what has to come of it. */
export interface Scenario {
  readonly name: string
  /** What is asked of the proxy, in a few words. */
  readonly wanted: string
  /** How the server answers. Default: in JSON. */
  readonly form?: 'json' | 'sse'
  readonly server?: readonly ('--protected' | '--modern')[]
  readonly play: (stage: Stage) => Promise<Outcome>
}

/** How it went. */
export interface Outcome {
  readonly held: boolean
  /** What was seen, in a few words. */
  readonly seen: string
}

/** A scenario's server, home and program. */
export interface Stage {
  readonly server: RunningServer
  /** Starts the program with these options, without a word to it. */
  readonly start: (...options: readonly string[]) => Played
  /** The same, and opens the connection. Throws when `initialize` is not answered in 20 s. */
  readonly open: (...options: readonly string[]) => Promise<Played>
  /** The addresses that a browser was opened with. */
  readonly windows: () => readonly string[]
  /** Sets how long the person takes to agree. */
  readonly personTakes: (seconds: number) => void
  /** All files of the home, and all that was said on standard error, as one text. */
  readonly traces: () => string
}

/** A program in a scenario. */
export interface Played extends StdioHost {
  readonly heard: readonly Heard[]
  readonly initialize: () => Promise<Heard>
  readonly call: (tool: string, args?: object, meta?: object) => Promise<Heard>
  readonly isAlive: () => boolean
}

/** Plays a scenario with one contender, from a fresh start. */
export async function playScenario(scenario: Scenario, contender: Contender): Promise<Outcome> {
  const home = mkdtempSync(join(tmpdir(), 'scenario-'))
  const server = await runServer(...(scenario.server ?? []))
  const started: Played[] = []
  const browser = join(home, 'browser')
  const [opened, delay, errors] = [join(home, 'opened'), join(home, 'delay'), join(home, 'errors')]
  mkdirSync(join(home, 'state'), { mode: 0o700 })
  writeFileSync(opened, '')
  writeFileSync(delay, '0')
  const follow = `( sleep "$(cat ${delay})"; exec curl -sL -o /dev/null --max-time 60 "$1" ) </dev/null >/dev/null 2>&1 &`
  writeFileSync(browser, `#!/bin/sh\necho "$1" >> ${opened}\n${follow}\n`)
  chmodSync(browser, 0o755)

  function start(...options: readonly string[]): Played {
    const heard: Heard[] = []
    const [program, ...args] = contender.command(server.url(scenario.form))
    const host = startStdioHost({
      command: [program, ...args, ...options],
      environment: {
        PATH: process.env['PATH'],
        HOME: home,
        XDG_STATE_HOME: join(home, 'state'),
        MCP_REMOTE_CONFIG_DIR: join(home, 'state'),
        TELAMON_PROXY_STORAGE: 'plain',
        BROWSER: browser,
        DISPLAY: ':0',
        // Without programs that are registered here, also xdg-open obeys BROWSER.
        XDG_DATA_DIRS: join(home, 'none'),
        XDG_DATA_HOME: join(home, 'none'),
      },
      errors,
      onMessage: (message) => heard.push(message),
    })
    const clientInfo = { name: 'scenario', version: '1' }
    const played: Played = {
      ...host,
      heard,
      initialize: () =>
        host.request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }),
      call: (name, args2 = {}, meta) =>
        host.request('tools/call', { name, arguments: args2, ...(meta && { _meta: meta }) }),
      isAlive: () => host.child.exitCode === null && host.child.signalCode === null,
    }
    started.push(played)
    return played
  }

  try {
    return await scenario.play({
      server,
      start,
      async open(...options) {
        const played = start(...options)
        if (!(await within(20_000, played.initialize()))) throw new Error('initialize was never answered')
        played.send({ method: 'notifications/initialized' })
        await played.request('tools/list')
        await new Promise((resolve) => setTimeout(resolve, 300))
        return played
      },
      windows: () => readFileSync(opened, 'utf8').split('\n').filter(Boolean),
      personTakes: (seconds) => writeFileSync(delay, String(seconds)),
      traces: () => readFileSync(errors, 'utf8') + textOf(join(home, 'state')),
    })
  } catch (error) {
    return { held: false, seen: error instanceof Error ? error.message : String(error) }
  } finally {
    for (const { kill } of started) kill()
    await server.stop()
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** All files of a folder and below that are logs. */
function textOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  return files
    .filter((file) => file.isFile() && /log/.test(file.name))
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    .join('\n')
}
