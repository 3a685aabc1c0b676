/**
 * Compares what the generator would write with what is committed.
 *
 * Usage: node codegen/check.ts [DIR]
 * `DIR` is a folder with the five documents (without it they are downloaded). Ends with 1 when anything differs.
 */

import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { parseArgs } from 'node:util'

import { loadAll, strangers } from './documents.ts'
import { generate } from './pipeline.ts'

const packages = join(import.meta.dirname, '..', 'packages')
const { values, positionals } = parseArgs({ options: { docs: { type: 'string' } }, allowPositionals: true })
const documents = await loadAll(values.docs ?? positionals[0])
for (const line of strangers(documents)) console.warn(line)
const { files, rows } = await generate(documents)

const differences: string[] = []
for (const [path, text] of files) {
  const committed = await readFile(join(packages, path), 'utf8').catch(() => undefined)
  if (committed === undefined) differences.push(`${path} is missing`)
  else if (committed !== text)
    differences.push(`${path} differs from line ${firstDifference(committed, text)} on`)
}
for (const path of globSync(['*/src/generated/**/*.ts', '*/generated/*.json'], { cwd: packages }).map(
  (name) => name.replaceAll(sep, '/'),
)) {
  if (!files.has(path)) differences.push(`${path} is not generated any more`)
}
console.table(rows)
if (differences.length > 0) {
  console.error(`${differences.join('\n')}\nRun the generator and commit what it writes.`)
  process.exitCode = 1
} else {
  console.log(`${files.size} files are as the generator writes them`)
}

function firstDifference(one: string, other: string): number {
  const lines = other.split('\n')
  const at = one.split('\n').findIndex((line, index) => line !== lines[index])
  return (at === -1 ? Math.min(one.split('\n').length, lines.length) : at) + 1
}
