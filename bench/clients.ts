/**
 * What our clients cost beside jira.js and confluence.js: importing them, bundling two operations, calling, and checking
 * the types of a small program. Ours are built, packed and installed as a user has them; each figure is of one run, with
 * all contenders in turn.
 *
 * Usage: npm run bench:clients [-- --quick] [-- --part imports|bundles|calls|types]...
 */
import { parseArgs } from 'node:util'

import { compareBundles, type BundleRow, type Weight } from './clients/bundles.ts'
import { compareCalls, type CallRow } from './clients/calls.ts'
import { compareImports, type ImportRow } from './clients/imports.ts'
import { installClients } from './clients/installed.ts'
import { strangers } from './clients/names.ts'
import { compareTypeChecks, type TypeCheckRow } from './clients/type-checks.ts'
import { judge, printTable, short, type Goal } from './kit/report.ts'

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, part: { type: 'string', multiple: true } },
})
const rounds = (usual: number): number => (values.quick ? 3 : usual)

interface Part {
  readonly measured: readonly object[]
  readonly goals: readonly Goal[]
}

const kilobytes = ({ bytes, gzipped }: Weight): string =>
  `${(bytes / 1000).toFixed(1)} / ${(gzipped / 1000).toFixed(1)}`

const ratio = (share: number): string =>
  share === 1 || Number.isNaN(share) ? '' : `1/${(1 / share).toFixed(1)}`

async function imports(installed: string): Promise<Part> {
  const rows = await compareImports(installed, rounds(11))
  printTable('imports: processor time over what Node needs', rows, [
    ['import', ({ name }: ImportRow) => name],
    ['ms', ({ cost }) => cost.toFixed(1)],
    ['MiB', ({ mib }) => mib.toFixed(0)],
    ['share', ({ share }) => ratio(share)],
  ])
  const goals = ['Jira', 'Confluence'].map((product) => ({
    goal: `importing ${product}: share of the peer's processor time`,
    value: rows.find(({ name }) => name === `Telamon, ${product}`)?.share ?? NaN,
    atMost: 0.1667,
  }))
  return { measured: rows, goals }
}

async function bundles(installed: string): Promise<Part> {
  const rows = await compareBundles(installed)
  printTable('two operations, minified by esbuild: KB / KB gzipped', rows, [
    ['program', ({ name }: BundleRow) => name],
    ['entry', ({ entry }) => kilobytes(entry)],
    ['loaded', ({ loaded }) => kilobytes(loaded)],
    ['one file', ({ oneFile }) => kilobytes(oneFile)],
  ])
  console.log(
    'entry: with code splitting, what is loaded before the program begins. loaded: what has been loaded when both calls\n' +
      'have answered, ky included, seen by running it. one file: without code splitting, all that may ever be needed.',
  )
  const goals = [
    ['Jira', 'jira.js'],
    ['Confluence', 'confluence.js'],
  ].flatMap(([product, peer]) => {
    const own = rows.find(({ name }) => name === `Telamon, ${product}`)
    const other = rows.find(({ name }) => name === peer)
    const share = (own?.oneFile.bytes ?? NaN) / (other?.oneFile.bytes ?? NaN)
    return [
      { goal: `${product}, two operations, entry: KB`, value: (own?.entry.bytes ?? NaN) / 1000, atMost: 35 },
      {
        goal: `${product}, two operations, loaded: KB`,
        value: (own?.loaded.bytes ?? NaN) / 1000,
        atMost: 35,
      },
      {
        goal: `${product}, two operations, one file: share of the peer's`,
        value: share,
        atMost: 0.143,
      },
    ]
  })
  return { measured: rows, goals }
}

async function calls(installed: string): Promise<Part> {
  const rows = await compareCalls(installed, rounds(11))
  printTable('one call: processor time of the client, one call at a time', rows, [
    ['answer', ({ task }: CallRow) => task],
    ['client', ({ client }) => client],
    ['us', ({ cost }) => short(cost)],
    ['of the peer', ({ share }) => share.toFixed(2)],
    ['foreign', ({ foreign }) => foreign.toFixed(2)],
  ])
  console.log(
    "telamon: over the platform's fetch. telamon, node: over createNodeFetch() of @telamon/rest/node, as servers should.",
  )
  const goals = rows
    .filter(({ client }) => client === 'telamon, node')
    .map(({ task, share }) => ({
      goal: `a call, ${task}: share of the peer's processor time`,
      value: share,
      atMost: 1,
    }))
  return { measured: rows, goals }
}

async function types(installed: string): Promise<Part> {
  const rows = await compareTypeChecks(installed, rounds(5))
  printTable('checking a small program with TypeScript 7 and skipLibCheck', rows, [
    ['program', ({ name }: TypeCheckRow) => name],
    ['ms', ({ cost }) => cost.toFixed(0)],
    ['over none', ({ over }) => over.toFixed(0)],
    ['share', ({ share }) => ratio(share)],
  ])
  const goals = rows
    .filter(({ name }) => name.startsWith('Telamon'))
    .map(({ name, share }) => ({
      goal: `types, ${name}: share of the peer's processor time over none`,
      value: share,
      atMost: 0.25,
    }))
  return { measured: rows, goals }
}

const parts = { imports, bundles, calls, types }
const chosen = Object.entries(parts).filter(([name]) => values.part?.includes(name) ?? true)
if (chosen.length === 0) throw new Error(`Which part? There are ${Object.keys(parts).join(', ')}`)

const installed = installClients()
const { checked, unknown } = strangers()
const goals: Goal[] = [
  {
    goal: `names of the peers in our README files that they do not have, of ${checked}`,
    value: unknown.length,
    atMost: 0,
  },
]
for (const name of unknown) console.log(`No peer has ${name}`)
const measured: Record<string, readonly object[]> = {}
for (const [name, measure] of chosen) {
  const part = await measure(installed)
  goals.push(...part.goals)
  measured[name] = part.measured
}
judge(goals, `${import.meta.dirname}/results/clients.json`, measured)
