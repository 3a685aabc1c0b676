/** Records → the text of `operations.gen.ts`. */

import type { OperationRecord } from './prepare.ts'
import { toTypeName } from './prepare/identifiers.ts'

export interface EmittedRecords {
  readonly text: string
  /** Operations whose answer has no type: candidates for the list of patches. */
  readonly untyped: readonly string[]
}

/**
 * One annotated literal for each operation, which a bundler can leave out on its own. Fails when an operation has no
 * input type, since that means that names of generator and preparation have parted.
 */
export function emitRecords(
  records: readonly OperationRecord[],
  types: string,
  header: string,
): EmittedRecords {
  const names = new Set([...types.matchAll(/^export type (\w+)/gm)].map(([, name]) => name))
  const missing = records.filter(({ id }) => !names.has(`${toTypeName(id)}Data`)).map(({ id }) => id)
  if (missing.length > 0) throw new Error(`No input type for ${missing.join(', ')}`)
  const untyped: string[] = []
  const lines = records.map((record) => {
    const data = `T.${toTypeName(record.id)}Data`
    const result = resultOf(record, names)
    if (result === undefined && record.page) untyped.push(record.id)
    return [
      `/** \`${record.method} ${record.path}\` */`,
      `export const ${record.id}: ${annotation(record, data, result)} = ${literal(record)}`,
    ].join('\n')
  })
  const imports = [
    'Operation',
    ...(lines.some((line) => line.includes('PagedOperation<')) ? ['ItemOf', 'PagedOperation'] : []),
  ]
  const head = [
    header,
    `import type { ${imports.toSorted().join(', ')} } from '@telamon/rest'`,
    `import type * as T from './types.gen.ts'`,
  ]
  return { text: `${head.join('\n')}\n\n${lines.join('\n\n')}\n`, untyped }
}

const resultOf = ({ id }: OperationRecord, names: ReadonlySet<string | undefined>): string | undefined => {
  const name = `${toTypeName(id)}Response`
  return names.has(name) ? `T.${name}` : undefined
}

function annotation({ page, items, res }: OperationRecord, data: string, result: string | undefined): string {
  if (page === undefined) return `Operation<${data}, ${res === 'binary' ? 'never' : (result ?? 'void')}>`
  const answer = result ?? 'unknown'
  return `PagedOperation<${data}, ${answer}, ItemOf<${answer}, ${quote(items ?? '')}>>`
}

function literal(record: OperationRecord): string {
  const members = Object.entries(record).map(
    ([key, value]) => `${key}: ${value === record.scopes ? sets(record) : print(value)}`,
  )
  return `{ ${members.join(', ')} }`
}

function sets({ scopes }: OperationRecord): string {
  const members = Object.entries(scopes).map(([kind, names]) => `${kind}: ${print(names)}`)
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}'
}

const print = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(print).join(', ')}]`
    : typeof value === 'string'
      ? quote(value)
      : String(value)

const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
