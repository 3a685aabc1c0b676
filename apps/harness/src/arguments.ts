import { parseArgs } from 'node:util'

import type { Seed } from '@telamon/simulator'

import type { Era } from './agents/agent.ts'
import { Fault } from './fault.ts'
import type { ServeOptions } from './simulator/serve.ts'

/** What the command line says. */
export type Command =
  | { readonly run: 'help' }
  | ({ readonly run: 'serve'; readonly seedFile?: string } & Omit<ServeOptions, 'onAnswer'>)
  | { readonly run: 'workflows'; readonly era: Era }
  | { readonly run: 'screenshots'; readonly out?: string }
  | { readonly run: 'browser'; readonly url: URL; readonly as: string }

export const help = `telamon-harness: the simulator, the example workflows, and a look at the pages

  telamon-harness serve         run the simulator of Jira and Confluence alone, on loopback
      --port N                  the first of some ports in a row. 4190 by default; 0 for any
      --data DIR                keep what is changed in this folder. Nothing is kept by default
      --seed demo|empty|FILE    what the world begins with: a story by name, or in a file of YAML
      --issues N --pages N      make up so many issues and pages beside the demo
      --chance N                what chance begins with when they are made up. 1 by default
      --admin                   also listen for the administration: a page, and JSON below /_sim
      --limits                  enforce Atlassian's limits, and do not only announce them
      --tls                     serve Atlassian's own names, for clients that know no others

  telamon-harness workflows     run the example workflows against the demo, each as people who see different things
      --era auto|legacy         ask for MCP 2026-07-28 first (default), or open with initialize

  telamon-harness screenshots   take pictures of all pages, narrow and wide, light and dark
      --out DIR                 the folder to put them in. screenshots, beside the sources, by default

  telamon-harness browser URL   sign in at an authorization address of the demo, in place of a browser
      --as NAME                 who signs in. Maya Lindqvist by default

  --help                        this text
`

const options = {
  port: { type: 'string' },
  data: { type: 'string' },
  seed: { type: 'string' },
  issues: { type: 'string' },
  pages: { type: 'string' },
  chance: { type: 'string' },
  admin: { type: 'boolean' },
  limits: { type: 'boolean' },
  tls: { type: 'boolean' },
  era: { type: 'string' },
  out: { type: 'string' },
  as: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

type Option = keyof typeof options
type CommandName = Exclude<Command['run'], 'help'>

/** Which options each command takes. */
const takes: Readonly<Record<CommandName, readonly Option[]>> = {
  serve: ['port', 'data', 'seed', 'issues', 'pages', 'chance', 'admin', 'limits', 'tls'],
  workflows: ['era'],
  screenshots: ['out'],
  browser: ['as'],
}

/**
 * Reads the command line.
 *
 * @throws Fault for what is not known, so that a misspelt option is never ignored.
 */
export function readArguments(args: readonly string[]): Command {
  const { values, positionals } = parsed(args)
  const [run, ...rest] = positionals
  if (values.help || run === undefined) return { run: 'help' }
  if (!isCommand(run))
    throw new Fault(`There is no command ${run}. Commands: ${Object.keys(takes).join(', ')}. See --help.`)
  for (const name of Object.keys(values)) {
    if (!takes[run].some((option) => option === name))
      throw new Fault(`--${name} does not belong to ${run}. See --help.`)
  }
  if (rest.length > (run === 'browser' ? 1 : 0)) throw new Fault(`${rest.at(-1)} is too much. See --help.`)
  return readers[run](values, rest[0])
}

type Flag = 'admin' | 'limits' | 'tls'
type Values = { readonly [Name in Exclude<Option, 'help' | Flag>]?: string | undefined } & {
  readonly [Name in Flag]?: boolean | undefined
}

const readers: Readonly<Record<CommandName, (values: Values, operand: string | undefined) => Command>> = {
  serve: ({ port = '4190', data, admin, limits, tls, ...values }) => ({
    run: 'serve',
    port: portOf(port),
    ...(data !== undefined && { data }),
    ...(admin && { admin }),
    ...(limits && { limits }),
    ...(tls && { tls }),
    ...seedOf(values),
  }),
  workflows: ({ era = 'auto' }) => ({ run: 'workflows', era: eraOf(era) }),
  screenshots: ({ out }) => ({ run: 'screenshots', ...(out !== undefined && { out }) }),
  browser: ({ as = 'Maya Lindqvist' }, operand) => ({ run: 'browser', url: addressOf(operand), as }),
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

function isCommand(word: string): word is CommandName {
  return Object.hasOwn(takes, word)
}

function seedOf({ seed, ...crowd }: Pick<Values, 'seed' | 'issues' | 'pages' | 'chance'>): {
  readonly seed?: Seed
  readonly seedFile?: string
} {
  const numbers = Object.entries(crowd).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, countOf(name, text)] as const],
  )
  if (numbers.length === 0) {
    if (seed === undefined) return {}
    return seed === 'demo' || seed === 'empty' ? { seed } : { seedFile: seed }
  }
  if (seed !== undefined && seed !== 'demo')
    throw new Fault('Issues and pages are made up beside the demo alone. Leave --seed out.')
  return { seed: Object.fromEntries(numbers) }
}

function countOf(name: string, text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text)
  throw new Fault(`--${name} ${text} does not do: give a whole number.`)
}

function portOf(text: string): number {
  const port = Number(text)
  if (port === 0 || (Number.isInteger(port) && port >= 1024 && port <= 65_533)) return port
  throw new Fault(`--port ${text} does not do: give a whole number from 1024 to 65533, or 0 for any.`)
}

function eraOf(text: string): Era {
  if (text === 'auto' || text === 'legacy') return text
  throw new Fault(`--era ${text} does not do: give auto or legacy.`)
}

function addressOf(text: string | undefined): URL {
  if (text !== undefined && URL.canParse(text)) return new URL(text)
  throw new Fault('Give the address of an authorization request, as the client printed it. See --help.')
}
