/**
 * What there is of every operation of Atlassian's five documents: a record, types of input and answer, a name in the
 * surface, an answer of the simulator, a tool. Ends with 1 when an operation is missing from the tables or is there twice.
 *
 * Usage: node apps/harness/src/report/coverage.ts [--list]
 * --list   one line for each operation as well
 */
import { parseArgs } from 'node:util'

import { print } from '../output.ts'
import { linesOf } from './columns.ts'
import { documents } from './documents.ts'
import { findings, operationRows } from './operation-rows.ts'
import type { OperationRow } from './operation-rows.ts'

const { values } = parseArgs({ options: { list: { type: 'boolean', default: false } } })
const rows = await operationRows()

/** The operations of one document, or of all. */
interface Share {
  readonly name: string
  readonly published: number
  readonly rows: readonly OperationRow[]
}

const shares: readonly Share[] = [
  ...documents.map(({ name, operations }) => ({
    name,
    published: operations,
    rows: rows.filter(({ document }) => document === name),
  })),
  { name: 'all', published: documents.reduce((sum, { operations }) => sum + operations, 0), rows },
]

const count =
  (of: (row: OperationRow) => boolean) =>
  (share: Share): number =>
    share.rows.filter((row) => of(row)).length

const yes = (mark: string, is: boolean): string => (is ? mark : '')

if (values.list) {
  const lines = linesOf(rows, [
    ['document', ({ document }) => document],
    ['operation', ({ id }) => id],
    ['method', ({ method }) => method],
    ['path', ({ path }) => path],
    ['input', ({ input }) => yes('typed', input)],
    ['output', ({ output }) => output],
    ['apps only', ({ app }) => yes('apps', app)],
    ['surface', ({ surface }) => yes('surface', surface)],
    ['simulator', ({ simulated }) => yes('served', simulated)],
    ['tools', ({ tools }) => tools.join(' ')],
    ['executed', ({ executed }) => yes('executed', executed)],
  ])
  print(`${lines.join('\n')}\n`)
}

const table = linesOf(shares, [
  ['document', ({ name }) => name],
  ['published', ({ published }) => published],
  ['generated', count(() => true)],
  ['apps only', count(({ app }) => app)],
  ['typed input', count(({ input }) => input)],
  ['typed output', count(({ output }) => output === 'typed')],
  ['bytes', count(({ output }) => output === 'bytes')],
  ['no answer', count(({ output }) => output === 'nothing')],
  ['untyped', count(({ output }) => output === 'unknown')],
  ['surface', count(({ surface }) => surface)],
  ['simulator', count(({ simulated }) => simulated)],
  ['tools', count(({ tools }) => tools.length > 0)],
  ['executed', count(({ executed }) => executed)],
])
print(table.join('\n'))
print(
  '\napps only: a Connect or Forge app can call it, and no tool does. bytes: the answer is streamed. no answer: the',
)
print(
  'document names no body, or an empty one. untyped: the document does not say what is answered. tools: a tool of its',
)
print('own calls it. executed: discover finds it, and the execute tools run it.')

const unseen = rows.filter(({ tools, simulated }) => tools.length > 0 && !simulated)
if (unseen.length > 0) {
  print(`\nCalled by tools and not served by the simulator: ${unseen.map(({ id }) => id).join(', ')}`)
}
const faults = findings(rows, documents)
const all = shares.at(-1)
for (const fault of faults) print(fault)
print(
  faults.length === 0
    ? `\n${rows.length} of ${all?.published ?? 0} operations are in the tables, each once and with types`
    : `\n${faults.length} findings`,
)
if (faults.length > 0) process.exitCode = 1
