import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { packages } from './documents.ts'

/**
 * What an operation is declared to answer: a type of its own, bytes, nothing (the document names no body, or it is empty),
 * or something of which the document does not say what.
 */
export type Output = 'typed' | 'bytes' | 'nothing' | 'unknown'

/** What the generated source declares of one operation. */
export interface Declared {
  readonly input: boolean
  readonly output: Output
}

const declaration = /^export const (\w+): (?:Paged)?Operation<(?:T\.(\w+)|\w+), (?:T\.)?(\w+)/gm
const alias = /^export type (\w+) = (.*)$/gm

const bare: Readonly<Record<string, Output>> = { void: 'nothing', never: 'bytes', unknown: 'unknown' }

/** Reads the annotations of a generated table: types exist for the compiler only, and nowhere at run time. */
export function declaredIn(folder: string): ReadonlyMap<string, Declared> {
  const read = (file: string): string => readFileSync(join(packages, folder, file), 'utf8')
  const types = new Map([...read('types.gen.ts').matchAll(alias)].map(([, name = '', is = '']) => [name, is]))
  return new Map(
    [...read('operations.gen.ts').matchAll(declaration)].map(([, name = '', data = '', result = '']) => {
      return [name, { input: types.has(data), output: bare[meaningOf(result, types)] ?? 'typed' }]
    }),
  )
}

/** Follows a name to what it stands for. */
function meaningOf(name: string, types: ReadonlyMap<string, string>): string {
  const is = types.get(name)?.replace(/;$/, '')
  return is === undefined || is === name ? name : meaningOf(is, types)
}
