import { isLoopback } from '@telamon/bridge'

import { Fault } from '../fault.ts'
import type { GivenValues } from './given.ts'
import type { OptionName, options } from './options.ts'

/** Names of options by what their values are. */
type Named<Kind> = {
  [Name in OptionName]: (typeof options)[Name]['kind'] extends Kind ? Name : never
}[OptionName]

/** What settings are read with. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv
  /** Reads a file whole. Throws what Node throws. */
  readonly readFile: (path: string) => string
  /** Runs a program without a shell, and answers with its output. */
  readonly runProgram: (program: string, args: readonly string[]) => string
}

/** Reads values of options, with sentences about what does not do. */
export interface Values {
  readonly flag: (name: Named<'flag'>) => boolean
  readonly text: (name: Named<'text'>) => string | undefined
  readonly list: (name: Named<'list'>) => readonly string[]
  readonly choice: <Choice extends string>(
    name: Named<'text'>,
    choices: readonly Choice[],
  ) => Choice | undefined
  /** Milliseconds. */
  readonly time: (name: Named<'text'>) => number | undefined
  readonly bytes: (name: Named<'text'>) => number | undefined
  readonly url: (name: Named<'text'>) => URL | undefined
  /** The content of a file that an option names. */
  readonly file: (name: Named<'text'>) => string | undefined
  /** JSON, or `@` and the name of a file that holds it; variables in `${}` are put in. */
  readonly json: (name: Named<'text'>) => Readonly<Record<string, unknown>> | undefined
}

const factors: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1_024, mb: 1_024 ** 2, gb: 1_024 ** 3 }

/** Makes the reader. */
export function createValues(given: GivenValues, surroundings: Surroundings): Values {
  const text = (name: Named<'text'>): string | undefined => {
    const value = given[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    text,
    flag: (name) => given[name] === true,
    list(name) {
      const value = given[name]
      return Array.isArray(value) ? value : []
    },
    choice(name, choices) {
      const value = text(name)
      const found = choices.find((choice) => choice === value)
      if (value === undefined || found !== undefined) return found
      throw new Fault(`--${name} is ${choices.join(' or ')}, not "${value}".`)
    },
    time(name) {
      const value = text(name)
      if (value === undefined) return undefined
      const seconds = Number(value)
      if (/^\d+(\.\d+)?$/.test(value) && seconds <= 86_400) return seconds * 1_000
      throw new Fault(`--${name} ${value} does not do: give seconds from 0 to 86400.`)
    },
    bytes(name) {
      const value = text(name)
      if (value === undefined) return undefined
      const [, number = '', unit = ''] = /^(\d{1,12})\s*(b|kb|mb|gb)?$/i.exec(value) ?? []
      const bytes = Number(number) * (factors[unit.toLowerCase()] ?? 0)
      if (number !== '' && bytes >= 1_024 && bytes <= 2 ** 30) return bytes
      throw new Fault(`--${name} ${value} does not do: give a size from 1KB to 1GB, such as 64MB.`)
    },
    url(name) {
      const value = text(name)
      if (value === undefined) return undefined
      const url = URL.canParse(value) ? new URL(value) : undefined
      const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
      if (url && isSafe && !url.username && !url.password && !url.hash) return url
      throw new Fault(`--${name} is an https: address, or an http: one of this machine, without credentials.`)
    },
    file(name) {
      const path = text(name)
      return path === undefined ? undefined : readText(`--${name}`, path, surroundings)
    },
    json(name) {
      const value = text(name)
      if (value === undefined) return undefined
      const source = value.startsWith('@') ? readText(`--${name}`, value.slice(1), surroundings) : value
      const parsed = objectFrom(filled(source, `--${name}`, surroundings.environment))
      if (parsed) return parsed
      throw new Fault(`--${name} is to be a JSON object, or @ and a file that holds one.`)
    },
  }
}

/** Reads a file that a person named. */
export function readText(where: string, path: string, { readFile }: Surroundings): string {
  try {
    return readFile(path)
  } catch (error) {
    throw new Fault(`${where}: ${path} cannot be read. Check its path and permissions.`, { cause: error })
  }
}

/** Puts the environment's values in the place of `${VARIABLE}`. */
export function filled(text: string, where: string, environment: NodeJS.ProcessEnv): string {
  return text.replace(/\$\{(\w+)\}/g, (_whole, variable: string) => {
    const found = environment[variable]
    if (found === undefined) throw new Fault(`${where} names \${${variable}}, which is not set.`)
    return found
  })
}

function objectFrom(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined // The caller says what was expected; the text may be a secret.
  }
}
