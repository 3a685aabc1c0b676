// Not by name: an old Node has no `parseArgs`, and would stop before it can say that it is too old.
import util from 'node:util'

import { isLoopback } from '@telamon/bridge'

import { Fault } from './fault.ts'
import { readHeaders } from './headers.ts'

/** What the command line says. */
export type Command =
  | { readonly run: 'help' | 'version' }
  | ({ readonly run: 'proxy' | 'login' | 'logout'; readonly remote: URL } & Settings)
  | ({ readonly run: 'status'; readonly remote?: URL } & Settings)

/** The settings that all commands share. */
export interface Settings {
  readonly headers: Readonly<Record<string, string>>
  readonly allowHttp: boolean
  readonly callbackHost?: string
  readonly callbackPort?: number
  readonly storage: 'plain' | 'memory'
  readonly keyFile?: string
  readonly keyCommand?: string
  /** Seconds; 0 is never. */
  readonly timeout: number
  /** Seconds. */
  readonly authTimeout: number
  readonly debug: boolean
}

const options = {
  header: { type: 'string', multiple: true },
  'allow-http': { type: 'boolean' },
  host: { type: 'string' },
  storage: { type: 'string' },
  'key-file': { type: 'string' },
  'key-command': { type: 'string' },
  timeout: { type: 'string' },
  'auth-timeout': { type: 'string' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

const commands = ['login', 'logout', 'status'] as const

/**
 * Reads the command line.
 *
 * @throws Fault for what is not known, so that a misspelt option is never ignored.
 */
export function readArguments(args: readonly string[], environment: NodeJS.ProcessEnv): Command {
  const { values, positionals } = parsed(args)
  if (values.help) return { run: 'help' }
  if (values.version) return { run: 'version' }
  const named = commands.find((name) => name === positionals[0])
  const [address, port, ...rest] = named ? positionals.slice(1) : positionals
  if (rest.length > 0) throw new Fault(`"${rest[0]}" is one argument too many. See --help.`)
  const settings = settingsFrom(values, { port, environment })
  if (address === undefined) {
    if (named === 'status') return { run: 'status', ...settings }
    throw new Fault('The address of the server is missing: telamon-proxy https://host/mcp. See --help.')
  }
  return { run: named ?? 'proxy', remote: readAddress(address, settings), ...settings }
}

function parsed(args: readonly string[]) {
  try {
    return util.parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
  } catch (error) {
    const [sentence = ''] = error instanceof Error ? error.message.split('. ') : []
    throw new Fault(`${sentence.replace(/\.$/, '')}. See --help.`, { cause: error })
  }
}

interface Surroundings {
  readonly port: string | undefined
  readonly environment: NodeJS.ProcessEnv
}

function settingsFrom(
  values: ReturnType<typeof parsed>['values'],
  { port, environment }: Surroundings,
): Settings {
  const { host, storage = 'plain', 'key-file': keyFile, 'key-command': keyCommand } = values
  if (storage !== 'plain' && storage !== 'memory')
    throw new Fault(`--storage is plain or memory, not "${storage}".`)
  if (keyFile !== undefined && keyCommand !== undefined)
    throw new Fault('Give --key-file or --key-command, not both.')
  if (storage === 'memory' && (keyFile ?? keyCommand) !== undefined) {
    throw new Fault('With --storage memory nothing is stored, and a key is of no use. Leave one of them out.')
  }
  const callbackPort = port === undefined ? undefined : portOf(port)
  return {
    headers: readHeaders(values.header ?? [], environment),
    allowHttp: values['allow-http'] ?? false,
    ...(host !== undefined && { callbackHost: hostOf(host) }),
    ...(callbackPort !== undefined && { callbackPort }),
    storage,
    ...(keyFile !== undefined && { keyFile }),
    ...(keyCommand !== undefined && { keyCommand }),
    timeout: secondsOf('timeout', values.timeout ?? '300'),
    authTimeout: secondsOf('auth-timeout', values['auth-timeout'] ?? '30'),
    debug: values.debug ?? false,
  }
}

/** The listener is on this machine, so the name has to mean it. */
function hostOf(name: string): string {
  if (isLoopback(name) && name !== '[::1]') return name
  throw new Fault(`--host ${name} does not mean this machine. Give 127.0.0.1 or localhost.`)
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new Fault(`"${text}" is no port: give a whole number from 1 to 65535, or leave it out.`)
}

function secondsOf(name: string, text: string): number {
  const seconds = Number(text)
  if (/^\d+(\.\d+)?$/.test(text) && seconds <= 86_400) return seconds
  throw new Fault(`--${name} ${text} does not do: give seconds from 0 to 86400.`)
}

function readAddress(text: string, { allowHttp }: Settings): URL {
  if (!URL.canParse(text))
    throw new Fault(`"${text}" is no address. Give one such as https://host/mcp. See --help.`)
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Fault(`${url.protocol} is not a way to reach a server. Give an https: address.`)
  }
  if (url.username || url.password)
    throw new Fault('The address holds credentials. Give them with --header instead.')
  if (url.protocol === 'http:' && !allowHttp && !isLoopback(url.hostname)) {
    throw new Fault(
      `${url.origin} is plain http: whoever is on the way could read along. Use https:, or --allow-http.`,
    )
  }
  url.hash = ''
  return url
}
