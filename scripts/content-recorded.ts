/**
 * Converts every description, comment and page body in a folder of recorded answers, both ways, and lists what gets lost.
 * Prints types and counts only, never the text of a recording.
 *
 * Usage: npm run content:recorded -- FOLDER
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

import {
  adfToMarkdown,
  adfToStorage,
  type AdfDocument,
  markdownToAdf,
  patchAdf,
  storageToAdf,
  validateAdf,
  type Warning,
  wikiToAdf,
} from '../packages/adf/src/index.ts'

type Format = 'ADF' | 'storage' | 'wiki markup'

interface Body {
  readonly format: Format
  readonly value: unknown
}

/** What came of all bodies of one format. */
interface Tally {
  bodies: number
  thrown: number
  invalid: number
  /** Lossless Markdown, storage format or a patch without an edit did not give the same again. */
  changed: number
  readonly losses: Map<string, number>
}

const [folder] = process.argv.slice(2)
if (folder === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
  console.error('Which folder? Usage: npm run content:recorded -- FOLDER')
  process.exit(2)
}

/** Fields that hold rich text: version 3 of Jira's API gives them as ADF, version 2 as wiki markup. */
const richFields: ReadonlySet<string> = new Set(['body', 'comment', 'description', 'environment'])

const tallies = new Map<Format, Tally>()
for (const file of jsonFiles(folder)) {
  for (const body of bodiesIn(JSON.parse(readFileSync(file, 'utf8')))) convert(body)
}
report()

function jsonFiles(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json') && name !== 'MANIFEST.json')
    .map((name) => join(path, name))
}

function bodiesIn(value: unknown, field = ''): readonly Body[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => bodiesIn(item))
  if (typeof value === 'string') return richFields.has(field) ? [{ format: 'wiki markup', value }] : []
  if (typeof value !== 'object' || value === null) return []
  if ('type' in value && value.type === 'doc' && 'content' in value) return [{ format: 'ADF', value }]
  if ('representation' in value && 'value' in value && typeof value.value === 'string') {
    if (value.representation === 'storage') return [{ format: 'storage', value: value.value }]
    if (value.representation === 'atlas_doc_format')
      return [{ format: 'ADF', value: JSON.parse(value.value) }]
  }
  return Object.entries(value).flatMap(([name, member]) => bodiesIn(member, name))
}

function convert({ format, value }: Body): void {
  const tally = tallies.get(format) ?? { bodies: 0, thrown: 0, invalid: 0, changed: 0, losses: new Map() }
  tallies.set(format, tally)
  tally.bodies += 1
  try {
    const { doc, warnings } = read(format, value)
    note(tally, `reading ${format}`, warnings)
    if (!validateAdf(doc).ok) tally.invalid += 1
    if (!bothWays(doc, tally)) tally.changed += 1
  } catch (error) {
    tally.thrown += 1
    console.error(`${format}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

interface Read {
  readonly doc: AdfDocument
  readonly warnings: readonly Warning[]
}

function read(format: Format, value: unknown): Read {
  if (format === 'storage') return storageToAdf(String(value), { seed: 's' })
  if (format === 'wiki markup') return wikiToAdf(String(value))
  return { doc: value as AdfDocument, warnings: [] } // eslint-disable-line typescript/no-unsafe-type-assertion -- judged by the validator
}

/** Writes a document in every form and reads it again; says whether the forms that lose nothing gave the same. */
function bothWays(doc: AdfDocument, tally: Tally): boolean {
  for (const mode of ['plain', 'edit'] as const) {
    const { markdown, warnings } = adfToMarkdown(doc, { mode })
    note(tally, `${mode} Markdown`, warnings)
    if (!validateAdf(markdownToAdf(markdown).doc).ok) tally.invalid += 1
  }
  const { xml, warnings } = adfToStorage(doc)
  note(tally, 'storage', warnings)
  const stored = storageToAdf(xml, { seed: 's' }).doc
  const again = storageToAdf(adfToStorage(stored).xml, { seed: 's' }).doc
  return (
    isDeepStrictEqual(markdownToAdf(adfToMarkdown(doc, { mode: 'lossless' }).markdown).doc, doc) &&
    isDeepStrictEqual(patchAdf(doc, adfToMarkdown(doc, { mode: 'edit' }).markdown).doc, doc) &&
    isDeepStrictEqual(again, stored)
  )
}

function note({ losses }: Tally, where: string, warnings: readonly Warning[]): void {
  for (const { code, subject } of warnings) {
    const what = `${where}: ${code} ${subject}`
    losses.set(what, (losses.get(what) ?? 0) + 1)
  }
}

function line(cells: readonly (number | string)[]): void {
  console.log(
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(14) : String(cell).padStart(10))).join(''),
  )
}

function report(): void {
  line(['format', 'bodies', 'thrown', 'invalid', 'changed'])
  for (const [format, { bodies, thrown, invalid, changed }] of tallies)
    line([format, bodies, thrown, invalid, changed])
  for (const [format, { losses }] of tallies) {
    console.log(`\nlosses on the way from ${format}, and how many bodies have them`)
    for (const [what, count] of [...losses].toSorted(([left], [right]) => left.localeCompare(right)))
      console.log(`  ${what.padEnd(60)}${String(count).padStart(6)}`)
    if (losses.size === 0) console.log('  none')
  }
  const all = [...tallies.values()]
  const sum = (key: 'bodies' | 'changed' | 'invalid' | 'thrown'): number =>
    all.reduce((total, tally) => total + tally[key], 0)
  const faults = sum('thrown') + sum('invalid') + sum('changed')
  console.log(
    faults === 0 && sum('bodies') > 0
      ? `\n${sum('bodies')} bodies converted both ways, none thrown, invalid or changed`
      : `\n${sum('bodies')} bodies, ${faults} faults`,
  )
  if (faults > 0 || sum('bodies') === 0) process.exitCode = 1
}
