import { Fault } from '../fault.ts'
import type { Surroundings, Values } from './values.ts'
import { filled } from './values.ts'

/** Headers that belong to the protocol. */
const reserved: ReadonlySet<string> = new Set([
  'accept',
  'connection',
  'content-length',
  'content-type',
  'host',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
  'transfer-encoding',
])

/**
 * Reads headers of the form `NAME:VALUE` from options, variables, a file and a command, with lower-case names in the
 * result.
 *
 * @throws Fault for what is no header, and for a variable that is not set: a request without its value would be refused
 * in words that help nobody.
 */
export function readHeaders(values: Values, surroundings: Surroundings): Record<string, string> {
  const { environment } = surroundings
  const lines = [
    ...linesOf('--header-file', values.file('header-file')),
    ...linesOf('--header-command', commandOutput(values, surroundings)),
    ...values.list('header').map((text) => ['--header', text] as const),
  ]
  const headers = lines.map(([where, text]) => readHeader(where, text, environment))
  const named = values.list('header-env').map((text) => fromVariable(text, environment))
  return Object.fromEntries([...headers, ...named])
}

function linesOf(where: string, text: string | undefined): readonly (readonly [string, string])[] {
  const lines = (text ?? '').split(/\r?\n/).map((line) => line.trim())
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => [where, line] as const)
}

function commandOutput(values: Values, { runProgram }: Surroundings): string | undefined {
  const [program, ...args] = values.text('header-command')?.split(' ').filter(Boolean) ?? []
  if (program === undefined) return undefined
  try {
    return runProgram(program, args)
  } catch (error) {
    throw new Fault(`--header-command: ${program} failed. Run it by itself to see why.`, { cause: error })
  }
}

function readHeader(where: string, text: string, environment: NodeJS.ProcessEnv): [string, string] {
  const match = /^([\w!#$%&'*+.^`|~-]+):(.*)$/s.exec(text)
  const [, name = '', rest = ''] = match ?? []
  if (!match) throw new Fault(`${where} takes NAME:VALUE, such as X-Team:blue.`)
  return checked(where, name, filled(rest.trim(), `${where} ${name}`, environment))
}

function fromVariable(text: string, environment: NodeJS.ProcessEnv): [string, string] {
  const [, name = '', variable = ''] = /^([\w!#$%&'*+.^`|~-]+)=(\w+)$/.exec(text) ?? []
  if (name === '') throw new Fault('--header-env takes NAME=VARIABLE, such as Authorization=MY_TOKEN.')
  return checked('--header-env', name, filled(`\${${variable}}`, `--header-env ${name}`, environment))
}

function checked(where: string, name: string, value: string): [string, string] {
  if (reserved.has(name.toLowerCase()))
    throw new Fault(`${where} ${name} belongs to the protocol and cannot be given.`)
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    throw new Fault(`${where} ${name} holds signs that no header may hold.`)
  return [name.toLowerCase(), value]
}
