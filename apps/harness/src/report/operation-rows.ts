import { confluenceToolset } from '@telamon/confluence-tools'
import { jiraToolset } from '@telamon/jira-tools'
import { operationToolset } from '@telamon/operation-tools'
import { platformToolset } from '@telamon/platform-tools'
import type { OperationSpec } from '@telamon/rest'
import { createSimulator } from '@telamon/simulator'

import { declaredIn } from './declared-types.ts'
import type { Output } from './declared-types.ts'
import { documents, tables } from './documents.ts'
import { surfaceUses } from './surface-uses.ts'

/** One operation of the tables, and what there is of it. */
export interface OperationRow {
  readonly document: string
  readonly id: string
  readonly method: string
  readonly path: string
  /** Only a Connect or Forge app can call it. */
  readonly app: boolean
  readonly input: boolean
  readonly output: Output
  /** Whether the client's surface has it under a name of its own. */
  readonly surface: boolean
  /** Whether the simulator serves it. Every other one has a route that says so. */
  readonly simulated: boolean
  /** The tools that may call it. */
  readonly tools: readonly string[]
  /** Whether the tools that execute any operation reach it. */
  readonly executed: boolean
}

const addressOf = ({ method, path }: Pick<OperationRow, 'method' | 'path'>): string => `${method} ${path}`

/** The tools by the records that they may call. Ids repeat between documents; records are told apart by themselves. */
function toolsByOperation(): ReadonlyMap<OperationSpec, readonly string[]> {
  const names = new Map<OperationSpec, string[]>()
  for (const { tools } of [jiraToolset, confluenceToolset, platformToolset]) {
    for (const { name, uses } of tools) {
      for (const operation of uses) names.set(operation, [...(names.get(operation) ?? []), name])
    }
  }
  return names
}

/** Every operation of every table. */
export async function operationRows(): Promise<readonly OperationRow[]> {
  const tools = toolsByOperation()
  const uses = surfaceUses()
  const { rows } = createSimulator().coverage()
  const served = new Set(rows.filter((row) => row.served).map((row) => `${row.method} ${row.path}`))
  const entries = (await operationToolset().more?.entries()) ?? []
  const executed = new Set(entries.map(({ name }) => name))
  const prefixes = new Map(documents.map(({ name, prefix }) => [name, prefix]))
  return tables.flatMap(({ folder, operations, documentOf }) => {
    const declared = declaredIn(folder)
    return Object.entries(operations).map(([name, operation]): OperationRow => {
      const { input, output } = declared.get(name) ?? { input: false, output: 'unknown' }
      const document = documentOf(operation)
      return {
        document,
        id: operation.id,
        method: operation.method,
        path: operation.path,
        app: operation.app === true,
        input,
        output,
        surface: uses.has(`${folder}/${name}`),
        simulated: served.has(addressOf(operation)),
        tools: tools.get(operation) ?? [],
        executed: executed.has(`${prefixes.get(document) ?? ''}.${operation.id}`),
      }
    })
  })
}

/** What is wrong with the tables: an operation too few, twice, or without types. Nothing when all is well. */
export function findings(
  rows: readonly OperationRow[],
  published: readonly { readonly name: string; readonly operations: number }[],
): readonly string[] {
  const counted = published.flatMap(({ name, operations }) => {
    const found = rows.filter(({ document }) => document === name).length
    return found === operations ? [] : [`${name} has ${operations} operations, its tables have ${found}.`]
  })
  return [
    ...counted,
    ...doubles(rows, ({ document, id }) => `${document}: the id ${id}`),
    ...doubles(rows, (row) => `${row.document}: ${addressOf(row)}`),
    ...rows
      .filter(({ input }) => !input)
      .map((row) => `${row.document}: ${row.id} has no type for its input.`),
  ]
}

function doubles(rows: readonly OperationRow[], nameOf: (row: OperationRow) => string): readonly string[] {
  const seen = new Set<string>()
  return rows
    .map((row) => nameOf(row))
    .flatMap((name) => (seen.size === seen.add(name).size ? [`${name} is there twice.`] : []))
}
