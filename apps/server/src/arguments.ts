import { parseArgs } from 'node:util'

import { Fault } from './fault.ts'

/** What the command line says. */
export type Command =
  | { readonly run: 'help' }
  | { readonly run: 'version' }
  | { readonly run: 'serve' }
  | { readonly run: 'demo'; readonly port: number; readonly data: string; readonly reset: boolean }

export const help = `Telamon: an MCP server for Jira and Confluence

  telamon-server            serve a real Atlassian site; settings come from the environment
  telamon-server --demo     serve the embedded simulator: nothing to set up, nothing leaves this machine

With --demo:
  --port N      the first of four ports in a row. 4180 by default
  --data DIR    the folder that keeps sign-ins and the simulated sites. ./data by default
  --reset       empty that folder first

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
  const values = parsed(args)
  if (values.help) return { run: 'help' }
  if (values.version) return { run: 'version' }
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
  return { run: 'serve' }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values
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
