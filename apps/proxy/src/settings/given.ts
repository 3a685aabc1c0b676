import { Fault } from '../fault.ts'
import { isOptionName, optionNames, options, variableFor } from './options.ts'
import type { OptionName } from './options.ts'

/** What was said of the options, before any of it is understood. */
export interface Given {
  readonly url?: string
  readonly port?: string
  readonly values: GivenValues
}

/** The values by name: `flag` options have `true` or `false`. */
export type GivenValues = Readonly<Partial<Record<OptionName, string | boolean | readonly string[]>>>

/** What one place says, the nearest one first. */
export function layered(layers: readonly Given[]): Given {
  const places = layers.toReversed()
  const values: GivenValues = Object.assign({}, ...places.map((place) => place.values))
  return Object.assign({}, ...places, { values })
}

/** Reads the environment. Several values of one option stand in several lines. */
export function fromEnvironment(environment: NodeJS.ProcessEnv): Given {
  const [url, port] = [environment[variableFor('url')], environment[variableFor('port')]]
  const values = optionNames.flatMap((name) => {
    const text = environment[variableFor(name)]
    return text === undefined ? [] : [[name, valueOf(name, text)]]
  })
  return { ...(url && { url }), ...(port && { port }), values: Object.fromEntries(values) }
}

function valueOf(name: OptionName, text: string): string | boolean | readonly string[] {
  const { kind } = options[name]
  if (kind === 'list') return text.split('\n').filter(Boolean)
  return kind === 'flag' ? truthOf(variableFor(name), text) : text
}

function truthOf(where: string, text: string): boolean {
  if (/^(?:1|true|yes|on)$/i.test(text)) return true
  if (/^(?:0|false|no|off|)$/i.test(text)) return false
  throw new Fault(`${where} is true or false, not "${text}".`)
}

/** Reads a configuration file. */
export function fromConfig(file: string, text: string): Given {
  const content = parsed(file, text)
  const { url, port, ...members } = content
  const values = Object.entries(members).map(([name, value]) => {
    if (!isOptionName(name) || name === 'config')
      throw new Fault(`${file}: there is no option "${name}". See --help.`)
    return [name, memberOf(`${file}: ${name}`, options[name].kind, value)]
  })
  return {
    ...(typeof url === 'string' && { url }),
    ...((typeof port === 'string' || typeof port === 'number') && { port: String(port) }),
    values: Object.fromEntries(values),
  }
}

function parsed(file: string, text: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(text)
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return { ...content }
  } catch (error) {
    throw new Fault(`${file} is not JSON. Correct it: ${error instanceof Error ? error.message : ''}`)
  }
  throw new Fault(`${file} holds no JSON object. It is to look like {"url": "https://host/mcp"}.`)
}

function memberOf(where: string, kind: 'flag' | 'text' | 'list', value: unknown): unknown {
  const isText = typeof value === 'string' || typeof value === 'number'
  if (kind === 'flag' && typeof value === 'boolean') return value
  if (kind === 'text' && isText) return String(value)
  if (kind === 'text' && typeof value === 'object' && value !== null) return JSON.stringify(value)
  if (kind === 'list' && isText) return [String(value)]
  if (kind === 'list' && Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  const wanted = { flag: 'true or false', text: 'a text', list: 'a list of texts' }[kind]
  throw new Fault(`${where} is to be ${wanted}.`)
}
