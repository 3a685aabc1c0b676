// Not by name: an old Node has no `parseArgs`, and would stop before it can say that it is too old.
import util from 'node:util'

import { isClientName } from '../clients/clients.ts'
import type { ClientName } from '../clients/clients.ts'
import { Fault } from '../fault.ts'
import { readAddress } from './address.ts'
import type { Given } from './given.ts'
import { fromConfig, fromEnvironment, layered } from './given.ts'
import { isHeadless } from './headless.ts'
import { optionNames, options } from './options.ts'
import type { Settings } from './settings.ts'
import { readSettings } from './settings.ts'
import type { Surroundings } from './values.ts'
import { createValues, readText } from './values.ts'

/** What is to be done, and with what. */
export type Command =
  | { readonly run: 'help' | 'version' }
  | { readonly run: 'list'; readonly settings: Settings }
  | { readonly run: 'status'; readonly settings: Settings; readonly remote?: URL }
  | {
      readonly run: 'proxy' | 'login' | 'logout' | 'check'
      readonly settings: Settings
      readonly remote: URL
    }
  | { readonly run: 'import'; readonly settings: Settings; readonly remote: URL; readonly url: string }
  | InstallCommand

/** What `install` is to write. */
export interface InstallCommand {
  readonly run: 'install'
  readonly client: ClientName
  readonly remote: URL
  readonly name?: string
  readonly asks: boolean
  /** The arguments for the client: address, port and options as they were given. */
  readonly args: readonly string[]
}

const commands = ['login', 'logout', 'status', 'list', 'check', 'import', 'install'] as const

/**
 * Reads the command line, the environment and the configuration file, of which the former replace the latter.
 *
 * @throws Fault for what is not known, so that a misspelt option is never ignored.
 */
export function readArguments(args: readonly string[], surroundings: Surroundings): Command {
  const { values, positionals, kept } = parsed(args)
  if (values.help) return { run: 'help' }
  if (values.version) return { run: 'version' }
  const named = commands.find((name) => name === positionals[0])
  const words = named ? positionals.slice(1) : positionals
  if (named === 'install') return readInstall(words, { values, kept })
  const [url, port, ...rest] = words
  if (rest.length > 0) throw new Fault(`"${rest[0]}" is one argument too many. See --help.`)
  const line: Given = { ...(url !== undefined && { url }), ...(port !== undefined && { port }), values }
  return understood(named, line, surroundings)
}

type Named = Exclude<(typeof commands)[number], 'install'> | undefined

function understood(named: Named, line: Given, surroundings: Surroundings): Command {
  const environment = fromEnvironment(surroundings.environment)
  const file = line.values.config ?? environment.values.config
  const config = typeof file === 'string' ? [fromConfig(file, readText('--config', file, surroundings))] : []
  const given = layered([line, environment, ...config])
  const values = createValues(given.values, surroundings)
  const settings = readSettings(values, {
    ...surroundings,
    url: given.url,
    port: given.port,
    isHeadless: isHeadless(surroundings.environment, process.platform),
  })
  if (named === 'list') return { run: 'list', settings }
  if (named === 'status' && line.url === undefined) return { run: 'status', settings }
  const run = values.flag('check') ? 'check' : (named ?? 'proxy')
  if (given.url === undefined)
    throw new Fault('The address of the server is missing: telamon-proxy https://host/mcp. See --help.')
  const remote = readAddress(given.url, settings)
  return run === 'import' ? { run, settings, remote, url: given.url } : { run, settings, remote }
}

interface Parsed {
  readonly values: Given['values']
  readonly positionals: readonly string[]
  /** The options as they can be given again, without those that are for `install` alone. */
  readonly kept: readonly string[]
}

const forInstall: ReadonlySet<string> = new Set(['name', 'yes'])

const config = Object.fromEntries(
  optionNames.map((name) => {
    const { kind } = options[name]
    const short = name === 'help' ? { short: 'h' } : {}
    return [name, { type: kind === 'flag' ? 'boolean' : 'string', multiple: kind === 'list', ...short }]
  }),
) satisfies Record<string, { type: 'boolean' | 'string'; multiple: boolean; short?: string }>

function parsed(args: readonly string[]): Parsed {
  try {
    const { values, positionals, tokens } = util.parseArgs({
      args: [...args],
      options: config,
      strict: true,
      allowPositionals: true,
      tokens: true,
    })
    const kept = tokens.flatMap((token) => {
      if (token.kind !== 'option' || forInstall.has(token.name)) return []
      return token.value === undefined ? [`--${token.name}`] : [`--${token.name}=${token.value}`]
    })
    return { values, positionals, kept }
  } catch (error) {
    const [sentence = ''] = error instanceof Error ? error.message.split('. ') : []
    throw new Fault(`${sentence.replace(/\.$/, '')}. See --help.`, { cause: error })
  }
}

function readInstall(
  [client, url, ...rest]: readonly string[],
  { values, kept }: Pick<Parsed, 'values' | 'kept'>,
): InstallCommand {
  if (client === undefined || !isClientName(client))
    throw new Fault(
      'Say for which client: telamon-proxy install claude-desktop https://host/mcp. See --help.',
    )
  if (url === undefined || rest.length > 1)
    throw new Fault(`Say for which server: telamon-proxy install ${client} https://host/mcp. See --help.`)
  const { name } = values
  const remote = readAddress(url, { allowHttp: values['allow-http'] === true })
  if (name !== undefined && !/^[\w.-]{1,64}$/.test(String(name)))
    throw new Fault('--name is a name of letters, digits, dots and dashes.')
  return {
    run: 'install',
    client,
    remote,
    ...(typeof name === 'string' && { name }),
    asks: values.yes !== true,
    args: [remote.href, ...rest, ...kept],
  }
}
