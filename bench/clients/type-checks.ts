/** What TypeScript 7 needs to check a small program that uses a client: processor time of a cold `tsc`. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import { quietWaiter } from '../kit/processor.ts'
import { median, pairedRatio } from '../kit/statistics.ts'

export interface TypeCheckRow {
  readonly name: string
  /** Milliseconds of processor time for one check, median of the rounds. */
  readonly cost: number
  /** Those over a program without a client, which TypeScript needs for itself and its libraries. */
  readonly over: number
  /** Median over the rounds of this `over` / the peer's. */
  readonly share: number
  readonly samples: readonly number[]
}

interface Program {
  readonly peer: string
  /** Whether its client stands where ours are installed. */
  readonly ours?: true
  readonly code: string
}

const site = `'https://example.atlassian.net'`
const basic = `{ type: 'basic', email: 'a', apiToken: 'b' }`

/** The same program in each: read one thing, go through a list, add a comment. */
const programs: Readonly<Record<string, Program>> = {
  'no client': { peer: 'no client', code: `console.log('nothing')` },
  'jira.js': {
    peer: 'jira.js',
    code: `
import { createCloudClient, isApiError } from 'jira.js'
const jira = createCloudClient({ host: ${site}, auth: ${basic} })
const issue = await jira.issues.getIssue({ issueIdOrKey: 'DEMO-1', fields: ['summary'] })
console.log(issue.key)
const { issues } = await jira.issueSearch.searchAndReconsileIssuesUsingJql({ jql: 'project = DEMO' })
console.log(issues?.map(({ key }) => key))
try {
  await jira.issueComments.addComment({ issueIdOrKey: 'DEMO-1', body: { type: 'doc', version: 1, content: [] } })
} catch (error) {
  if (isApiError(error)) console.log(error.message)
}`,
  },
  'Telamon, Jira': {
    peer: 'jira.js',
    ours: true,
    code: `
import { createJira } from '@telamon/jira'
import { basicAuth, isAtlassianError } from '@telamon/rest'
const jira = createJira({ auth: basicAuth({ site: ${site}, email: 'a', apiToken: 'b' }) })
const issue = await jira.issues.get('DEMO-1', { fields: ['summary'] })
console.log(issue.key)
for await (const { key } of jira.search('project = DEMO')) console.log(key)
try {
  await jira.comments.add('DEMO-1', { type: 'doc', version: 1, content: [] })
} catch (error) {
  if (isAtlassianError(error)) console.log(error.messages)
}`,
  },
  'confluence.js': {
    peer: 'confluence.js',
    code: `
import { createV2Client, isApiError } from 'confluence.js'
const wiki = createV2Client({ host: ${site}, auth: ${basic} })
const page = await wiki.page.getPageById({ id: 1 })
console.log(page.title)
const { results } = await wiki.page.getPages({ limit: 5 })
console.log(results?.map(({ title }) => title))
try {
  await wiki.comment.createFooterComment({ pageId: '1', body: { representation: 'storage', value: '<p>Hello</p>' } })
} catch (error) {
  if (isApiError(error)) console.log(error.message)
}`,
  },
  'Telamon, Confluence': {
    peer: 'confluence.js',
    ours: true,
    code: `
import { createConfluence } from '@telamon/confluence'
import { basicAuth, isAtlassianError } from '@telamon/rest'
const wiki = createConfluence({ auth: basicAuth({ site: ${site}, email: 'a', apiToken: 'b' }) })
const page = await wiki.pages.get('1')
console.log(page.title)
for await (const { title } of wiki.pages.list({ limit: 5 })) console.log(title)
try {
  await wiki.comments.footer.add({ pageId: '1' }, { storage: '<p>Hello</p>' })
} catch (error) {
  if (isAtlassianError(error)) console.log(error.messages)
}`,
  },
}

const compilerOptions = {
  target: 'es2024',
  lib: ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable'],
  module: 'nodenext',
  types: [],
  strict: true,
  noEmit: true,
  // As most users have it: the declarations themselves are not judged.
  skipLibCheck: true,
}

/** The compiler itself. `bin/tsc` is a launcher on Node, whose own start would be part of every figure. */
const compiler = ((): string => {
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
  const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`
  return join(dirname(createRequire(typescript).resolve(platform)), 'lib', 'tsc')
})()

/** Seconds of processor time of this process's ended children, theirs included, in steps of one tick (10 ms). */
function childrenCpu(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

/** Checks in a sample, so that one tick is a small part of what is measured. */
const checks = 8

/** Milliseconds of processor time for one check. */
function check(folder: string): number {
  const begin = childrenCpu()
  for (let done = 0; done < checks; done += 1) {
    const { status, stdout } = spawnSync(compiler, ['--project', folder], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`A program does not pass: ${stdout.slice(0, 500)}`)
  }
  return ((childrenCpu() - begin) * 1000) / checks
}

/** Writes a program where its client can be found. */
function lay(name: string, { code, ours }: Program, installed: string): string {
  const place = ours === true ? installed : join(import.meta.dirname, '..')
  const folder = join(place, `type-check-${process.pid}-${name.replaceAll(/\W+/g, '-')}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.mts'] }))
  writeFileSync(join(folder, 'program.mts'), code)
  return folder
}

/** Each in turn, forwards and backwards. `installed`: where our clients are. */
export async function compareTypeChecks(installed: string, rounds: number): Promise<readonly TypeCheckRow[]> {
  const quiet = quietWaiter(60_000)
  const laid = Object.entries(programs).map(([name, program]) => ({
    name,
    peer: program.peer,
    folder: lay(name, program, installed),
    costs: new Array<number>(),
  }))
  try {
    for (let round = 0; round <= rounds; round += 1) {
      await quiet()
      for (const { folder, costs } of round % 2 === 1 ? laid.toReversed() : laid) {
        const cost = check(folder)
        // The first round reads the files into the memory of the system.
        if (round > 0) costs.push(cost)
      }
      process.stderr.write(`type checks: round ${round} of ${rounds}\n`)
    }
  } finally {
    for (const { folder } of laid) rmSync(folder, { recursive: true })
  }
  const none = laid.find(({ name }) => name === 'no client')?.costs ?? []
  const over = (wanted: string): readonly number[] =>
    (laid.find(({ name }) => name === wanted)?.costs ?? []).map((cost, round) => cost - (none[round] ?? NaN))
  return laid.map(({ name, peer, costs }) => ({
    name,
    cost: median(costs),
    over: median(over(name)),
    share: name === 'no client' ? NaN : 1 / pairedRatio(over(peer), over(name)),
    samples: costs,
  }))
}
