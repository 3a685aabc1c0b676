/**
 * Types that OpenAPI cannot say. Preparation puts a schema of each name into the document, which the generator turns
 * into `export type NAME = string;`. The line is then replaced by what stands here, or by an import.
 */

import type { Schema } from './openapi.ts'

export const placeholders = {
  /** Any other string: values that the document does not list (yet). */
  OpenString: { is: 'string & {}' },
  /** Rich text. */
  AdfDocument: { from: '@telamon/adf' },
  /** A body of parts. */
  UploadBody: { from: '@telamon/rest' },
  /** A body of bytes, at once or as a stream. */
  UploadContent: { from: '@telamon/rest' },
} as const satisfies Record<string, { is: string } | { from: string }>

export const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

/** What stands in the prepared document for a placeholder. */
export const placeholderSchemas: Record<string, Schema> = Object.fromEntries(
  Object.keys(placeholders).map((name) => [name, { type: 'string' }]),
)

/** Puts the real types where the generator wrote strings. Throws when a line is not there to be replaced. */
export function fillPlaceholders(types: string, used: readonly string[]): string {
  let text = types
  const imports = new Map<string, string[]>()
  for (const [name, real] of Object.entries(placeholders)) {
    if (!used.includes(name)) continue
    const line = `export type ${name} = string;\n`
    if (!text.includes(line)) throw new Error(`The generator did not write ${name} as expected`)
    text = text.replace(
      'is' in real ? line : `${line}\n`,
      'is' in real ? line.replace('string;', `${real.is};`) : '',
    )
    if ('from' in real) imports.set(real.from, [...(imports.get(real.from) ?? []), name])
  }
  const lines = [...imports].map(([from, names]) => `import type { ${names.join(', ')} } from '${from}'\n`)
  return `${lines.join('')}\n${text}`
}
