/**
 * What every tool costs a model to read, in tokens (o200k). Ends with 1 when the list that a connection sees costs more
 * than 4,000.
 *
 * Usage: node apps/harness/src/report/tools.ts [--write]
 * --write   writes docs/tools.md as well
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { print } from '../output.ts'
import { linesOf } from './columns.ts'
import { isListed, toolRows } from './tool-rows.ts'
import { toolsPage } from './tools-page.ts'

/** Most tokens of the list that a connection sees. */
const bound = 4000

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
const rows = toolRows()
const table = linesOf(rows, [
  ['toolset', ({ toolset }) => toolset],
  ['tool', ({ name }) => name],
  ['tier', ({ tier }) => tier],
  ['listed', (row) => (isListed(row) ? 'yes' : '')],
  ['other names', ({ aliases }) => aliases.length],
  ['tokens', ({ tokens }) => tokens],
])
print(table.join('\n'))

const listed = rows.filter(isListed)
const sum = (of: typeof rows): number => of.reduce((whole, { tokens }) => whole + tokens, 0)
print(
  `\n${rows.length} tools of ${sum(rows)} tokens in all; operations without a tool of their own come on top.`,
)
if (values.write) {
  const path = join(import.meta.dirname, '../../../../docs/tools.md')
  writeFileSync(path, toolsPage(rows))
  print(`Written: docs/tools.md`)
}
const cost = sum(listed)
print(
  `The list of ${listed.length} tools costs ${cost} tokens; at most ${bound}: ${cost <= bound ? 'met' : 'MISSED'}`,
)
if (cost > bound) process.exitCode = 1
