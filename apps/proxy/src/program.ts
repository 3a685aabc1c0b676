import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

import { isBridgeError } from '@telamon/bridge'

import { list, login, logout, status, takeOver } from './commands/accounts.ts'
import { check } from './commands/check.ts'
import { install } from './commands/install.ts'
import { runProxy } from './commands/run.ts'
import { Fault } from './fault.ts'
import { helpText } from './help.ts'
import { print } from './output.ts'
import type { Command } from './settings/arguments.ts'
import { readArguments } from './settings/arguments.ts'
import { version } from './version.ts'

/** Milliseconds that a command which gives headers may take. */
const patienceMs = 30_000

/** Does what the command line says, and ends the process. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    const command = readArguments(args, {
      environment: process.env,
      readFile: (path) => readFileSync(path, 'utf8'),
      runProgram: (program, given) =>
        execFileSync(program, given, {
          encoding: 'utf8',
          timeout: patienceMs,
          stdio: ['ignore', 'pipe', 'inherit'],
        }),
    })
    const isWell = await carriedOut(command)
    process.exit(isWell ? 0 : 1)
  } catch (error) {
    const isForPeople = error instanceof Fault || isBridgeError(error)
    console.error(isForPeople ? `telamon-proxy: ${error.message}` : error)
    process.exit(1)
  }
}

async function carriedOut(command: Command): Promise<boolean> {
  switch (command.run) {
    case 'help':
      print(helpText())
      return true
    case 'version':
      print(version)
      return true
    case 'proxy':
      await runProxy(command.remote, command.settings)
      return true
    case 'login':
      await login(command.remote, command.settings)
      return true
    case 'logout':
      await logout(command.remote, command.settings)
      return true
    case 'status':
      await status(command.settings, command.remote)
      return true
    case 'import':
      await takeOver(command.remote, command.settings, command.url)
      return true
    case 'list':
      await list(command.settings)
      return true
    case 'check':
      return check(command.remote, command.settings)
    case 'install':
      await install(command)
      return true
    default:
      return command satisfies never
  }
}
