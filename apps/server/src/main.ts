#!/usr/bin/env node
import { administer } from './admin.ts'
import { help, readArguments } from './arguments.ts'
import { demo } from './demo.ts'
import { Fault } from './fault.ts'
import { print } from './output.ts'
import { serve } from './serve.ts'
import type { Running } from './serve.ts'
import { readSettings, SettingsError } from './settings.ts'
import { createLog } from './telemetry.ts'
import { version } from './version.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

try {
  const command = readArguments(process.argv.slice(2))
  if (command.run === 'help') print(help)
  else if (command.run === 'version') print(version)
  else if (command.run === 'demo') stopOnSignal(await demo(command, createLog('warn')))
  else if (command.run === 'serve') stopOnSignal(await serveSite())
  else print(await administer(command, readSettings(process.env), createLog('warn')))
} catch (error) {
  fail(error)
}

async function serveSite(): Promise<Running> {
  const settings = readSettings(process.env)
  const log = createLog(settings.TELAMON_LOG)
  const running = await serve(settings, log)
  log.info({ url: `${settings.TELAMON_URL}/mcp` }, 'Telamon is ready.')
  return running
}

/** The first signal lets calls in flight end; a second one ends at once. */
function stopOnSignal(running: Running): void {
  let stopping = false
  for (const signal of signals) {
    process.on(signal, () => {
      if (stopping) process.exit(130)
      stopping = true
      running.stop().then(() => process.exit(0), fail)
    })
  }
}

/** What a person can act on is one sentence; anything else is a fault of ours and shown whole. */
function fail(error: unknown): never {
  console.error(error instanceof Fault || error instanceof SettingsError ? error.message : error)
  process.exit(1)
}
