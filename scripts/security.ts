/**
 * Runs every test whose name carries the number of a threat or a property, in whichever package it lives, and prints
 * what came of each. Nothing is listed by hand but numbers and titles: which test proves what is in the tests' names.
 *
 * Usage: npm run security [-- T12 T13 …]
 */
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'

import { threats } from './security/threats.ts'
import { table } from './table.ts'

interface Assertion {
  readonly fullName: string
  readonly status: string
}

interface Report {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly Assertion[] }[]
}

interface Proof {
  readonly file: string
  readonly status: string
}

const root = process.cwd()
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(threats)
const strange = wanted.filter((number) => !(number in threats))
if (strange.length > 0) throw new Error(`There is no threat ${strange.join(', ')}`)

/** The first quote of a line opens a name that holds a number; or a port's contract is run, with names of its own. */
const named = /^[^'"`\n]*['"`][^'"`\n]*\b[TP]\d\d\b(?!:\d)|\bdescribe(?:Auth|Vault)Store\(/m
const files = globSync('{packages,apps}/*/test/**/*.test.ts', {
  exclude: (name) => name === 'node_modules',
}).filter((file) => named.test(readFileSync(file, 'utf8')))
const folders = [...new Set(files.map((file) => file.split(/[/\\]/, 2).join('/')))].toSorted()

const proofs = new Map<string, Proof[]>(wanted.map((number) => [number, []]))
const reports = mkdtempSync(join(tmpdir(), 'telamon-security-'))
for (const [index, folder] of folders.entries()) {
  const mine = files.filter((file) => file.startsWith(`${folder}/`))
  console.error(`[${index + 1}/${folders.length}] ${folder}: ${mine.length} files`)
  for (const { file, assertion } of run(folder, mine)) {
    for (const [number] of assertion.fullName.matchAll(/\b[TP]\d\d\b/g))
      proofs.get(number)?.push({ file, status: assertion.status })
  }
}
rmSync(reports, { recursive: true })

/** The tests with a number that ran in a package, each with its file. */
function run(folder: string, mine: readonly string[]) {
  const output = join(reports, `${basename(folder)}.json`)
  const args = [
    'run',
    ...mine.map((file) => relative(folder, file)),
    `--testNamePattern=\\b(${wanted.join('|')})\\b`,
    '--testTimeout=120000',
    '--hookTimeout=120000',
    '--reporter=json',
    `--outputFile.json=${output}`,
  ]
  const { status } = spawnSync('vitest', args, {
    cwd: join(root, folder),
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status === null) throw new Error(`vitest ended by a signal in ${folder}`)
  const report: Report = JSON.parse(readFileSync(output, 'utf8'))
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((assertion) => ({ file: relative(root, name), assertion })),
  )
}

/** `packages/oauth/test/code.test.ts` as `oauth/code`. */
const shorten = (file: string): string =>
  file
    .replace(/^(?:packages|apps)[/\\]/, '')
    .replace(/[/\\]test[/\\]/, '/')
    .replace(/\.test\.ts$/, '')

const ran = (proof: Proof): boolean => proof.status === 'passed' || proof.status === 'failed'
const rows = wanted.map((number) => {
  const known = (proofs.get(number) ?? []).filter(ran)
  const failed = known.filter(({ status }) => status === 'failed').length
  const where = [...new Set(known.map(({ file }) => shorten(file)))]
  const verdict = known.length === 0 ? 'MISSING' : failed > 0 ? `${failed} FAILED` : 'holds'
  return { number, verdict, tests: known.length, where }
})

console.log(
  table(
    [
      { name: 'No.' },
      { name: 'Against' },
      { name: 'Tests', right: true },
      { name: 'Verdict' },
      { name: 'Where' },
    ],
    rows.map(({ number, tests, verdict, where }) => [
      number,
      threats[number] ?? '',
      tests,
      verdict,
      where.join(', '),
    ]),
  ),
)
const open = rows.filter(({ verdict }) => verdict !== 'holds').map(({ number }) => number)
console.log(
  open.length === 0
    ? `All ${rows.length} hold, by ${rows.reduce((sum, { tests }) => sum + tests, 0)} tests.`
    : `${open.length} of ${rows.length} are open: ${open.join(', ')}.`,
)
process.exitCode = open.length === 0 ? 0 : 1
