import { isBridgeError } from '@telamon/bridge'

import { login, logout, status } from './accounts.ts'
import { readArguments } from './arguments.ts'
import { Fault } from './fault.ts'
import { help } from './help.ts'
import { print } from './output.ts'
import { runProxy } from './proxy.ts'
import { version } from './version.ts'

/** Does what the command line says, and ends the process. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    const command = readArguments(args, process.env)
    switch (command.run) {
      case 'help':
        print(help)
        break
      case 'version':
        print(version)
        break
      case 'proxy':
        await runProxy(command)
        break
      case 'login':
        await login(command)
        break
      case 'logout':
        await logout(command)
        break
      case 'status':
        await status(command)
        break
      default:
        command satisfies never
    }
    process.exit(0)
  } catch (error) {
    const isForPeople = error instanceof Fault || isBridgeError(error)
    console.error(isForPeople ? `telamon-proxy: ${error.message}` : error)
    process.exit(1)
  }
}
