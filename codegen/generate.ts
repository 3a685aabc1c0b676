/**
 * Writes types and operation records into the packages.
 *
 * Usage: node codegen/generate.ts [--docs DIR] [--out DIR]
 * `--docs` is a folder with the five documents (without it they are downloaded); `--out` writes elsewhere than into
 * `packages/`.
 */

import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

import { loadAll, strangers } from './documents.ts'
import { generate } from './pipeline.ts'

const { values, positionals } = parseArgs({
  options: { docs: { type: 'string' }, out: { type: 'string' } },
  allowPositionals: true,
})
const documents = await loadAll(values.docs ?? positionals[0])
for (const line of strangers(documents)) console.warn(line)
const { files, rows, untyped } = await generate(documents)
const out = values.out ?? join(import.meta.dirname, '..', 'packages')
for (const [path, text] of files) {
  await mkdir(dirname(join(out, path)), { recursive: true })
  await writeFile(join(out, path), text)
}
console.table(rows)
console.log(`${rows.reduce((sum, { operations }) => sum + operations, 0)} operations`)
for (const line of untyped) console.warn(`A page without a type: ${line}`)
