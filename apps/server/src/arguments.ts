import { parseArgs } from 'node:util'

import type { AdminCommand } from './admin.ts'
import { Fault } from './fault.ts'

/** What the command line says. */
export type Command =
  | { readonly run: 'help' }
  | { readonly run: 'version' }
  | { readonly run: 'serve' }
  | AdminCommand
  | { readonly run: 'demo'; readonly port: number; readonly data: string; readonly reset: boolean }

export const help = `Telamon: an MCP server for Jira and Confluence

  telamon-server            serve a real Atlassian site; settings come from the environment
  telamon-server --demo     serve the embedded simulator: nothing to set up, nothing leaves this machine

With --demo:
  --port N      the first of four ports in a row. 4180 by default
  --data DIR    the folder that keeps sign-ins and the simulated sites. ./data by default
  --reset       empty that folder first

For operators, on the store and with the keys of the settings:
  telamon-server scopes              which scopes the OAuth app needs, and what is then out of reach
  telamon-server keys                which root keys there are, and what needs each
  telamon-server keys rotate         put a new key in front of those in the key file
  telamon-server keys rekey          seal all connections with the newest key
  telamon-server keys retire ID      remove a key that nothing needs any more
  telamon-server forget ACCOUNT_ID   end a person's connections and remove all that is known of them

  --help        this text
  --version     the version

Settings for a real site: docs/operations.md has them all. At least
  ATLASSIAN_CLIENT_ID, ATLASSIAN_CLIENT_SECRET   your OAuth 2.0 (3LO) app
  TELAMON_URL                                    where people and clients reach this server
`

const options = {
  demo: { type: 'boolean' },
  port: { type: 'string' },
  data: { type: 'string' },
  reset: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

/**
 * Reads the command line.
 *
 * @throws Fault for what is not known, so that a misspelt option is never ignored.
 */
export function readArguments(args: readonly string[]): Command {
  const { values, positionals } = parsed(args)
  if (values.help) return { run: 'help' }
  if (values.version) return { run: 'version' }
  if (values.demo && positionals.length > 0) throw new Fault('--demo takes no command. See --help.')
  if (values.demo)
    return {
      run: 'demo',
      port: portOf(values.port ?? '4180'),
      data: values.data ?? 'data',
      reset: values.reset ?? false,
    }
  const stray = (['port', 'data', 'reset'] as const).find((name) => values[name] !== undefined)
  if (stray !== undefined)
    throw new Fault(
      `--${stray} belongs to --demo. Without it, settings come from the environment: see --help.`,
    )
  return positionals.length === 0 ? { run: 'serve' } : adminCommand(positionals)
}

const keyCommands = { rotate: 'keys-rotate', rekey: 'keys-rekey' } as const

function adminCommand([what = '', ...rest]: readonly string[]): AdminCommand {
  const [first, second, ...more] = rest
  if (more.length === 0 && what === 'keys') {
    if (first === undefined) return { run: 'keys' }
    if (first === 'retire' && second !== undefined) return { run: 'keys-retire', kid: second }
    if ((first === 'rotate' || first === 'rekey') && second === undefined) return { run: keyCommands[first] }
  }
  if (what === 'scopes' && rest.length === 0) return { run: 'scopes' }
  if (what === 'forget' && first !== undefined && rest.length === 1) return { run: 'forget', person: first }
  throw new Fault(`${[what, ...rest].join(' ')} is no command. See --help.`)
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}. See --help.`, {
      cause: error,
    })
  }
}

/** The demo takes four ports in a row. */
function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1024 && port <= 65_532) return port
  throw new Fault(`--port ${text} does not do: give a whole number from 1024 to 65532.`)
}
