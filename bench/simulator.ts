/**
 * The simulator with 50,000 issues and 10,000 pages: how long it takes to be there from a snapshot, what a search of
 * four clauses takes, how late the slowest reads of issues are at 500 a second, and how much memory all of it holds.
 *
 * Usage: npm run bench:simulator [-- --quick]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { memoryOf, meter, quietWaiter } from './kit/processor.ts'
import { judge, printTable, short } from './kit/report.ts'
import { launch, startServer } from './kit/server-process.ts'
import { median, quantile } from './kit/statistics.ts'

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const [issues, pages] = [50_000, 10_000]
const rounds = values.quick ? 2 : 5
const seconds = values.quick ? 4 : 10
const readsPerSecond = 500

const folder = mkdtempSync(join(tmpdir(), 'bench-simulator-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const program = join(import.meta.dirname, 'servers', 'simulator.ts')
const ended = await launch([program, folder, '--grow', `${issues},${pages}`]).ended
if (ended !== 0) throw new Error(`The world could not be grown: ${ended}`)

const quiet = quietWaiter(values.quick ? 10_000 : 120_000)
const starts: number[] = []
let server = await startServer([program, folder, '4197'])
for (let round = 0; round < rounds; round += 1) {
  await server.stop()
  await quiet()
  server = await startServer([program, folder, '4197'])
  starts.push(Number(server.info['started']))
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const tokens = Array.isArray(server.info['tokens']) ? server.info['tokens'].map(String) : []
const base = `${server.url}/ex/jira/b7a1d3f0-5c2e-4e9b-8a64-0f1d2c3b4a59/rest/api/3`

interface Answer {
  readonly milliseconds: number
  readonly body: string
}

/** Asks as one of the people who can see the crowd, and gives the time until the last byte. */
function ask(path: string, since = performance.now()): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const headers = { authorization: `Bearer ${tokens[0] ?? ''}` }
  const asked = request(`${base}${path}`, { agent, headers }, (response) => {
    const parts: Buffer[] = []
    response.on('data', (part: Buffer) => parts.push(part))
    response.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8')
      if (response.statusCode === 200) resolve({ milliseconds: performance.now() - since, body })
      else reject(new Error(`${path}: ${response.statusCode} ${body.slice(0, 200)}`))
    })
  })
  asked.on('error', reject)
  asked.end()
  return promise
}

const letters = (number: number): string => `CRA${String.fromCharCode(65 + number)}`

const searches: Readonly<Record<string, (project: string) => string>> = {
  'assignee, project, category, date': (project) =>
    `project = ${project} AND assignee = currentUser() AND statusCategory != Done AND created >= -400d ORDER BY updated DESC`,
  'words, project, priority, empty': (project) =>
    `text ~ "webhook gateway" AND project = ${project} AND priority in (High, Highest) AND assignee is not EMPTY`,
  'words, status, label, date': () =>
    'summary ~ "webhook" AND status = "In Progress" AND labels is not EMPTY AND updated >= -300d ORDER BY created',
  'parent, type, reporter, date': (project) =>
    `parent = ${project}-7 AND issuetype = Subtask AND reporter is not EMPTY AND created <= now()`,
}

async function searchTimes(jql: (project: string) => string): Promise<readonly number[]> {
  const times: number[] = []
  for (let number = 0; number < (values.quick ? 40 : 200); number += 1) {
    const query = new URLSearchParams({
      jql: jql(letters(number % 10)),
      fields: 'summary,status',
      maxResults: '50',
    })
    times.push((await ask(`/search/jql?${query}`)).milliseconds)
  }
  return times
}

// The index of words comes to be with the first question for a word.
const firstWords = await ask(`/search/jql?${new URLSearchParams({ jql: 'text ~ "webhook"' })}`)
const found = []
for (const [name, jql] of Object.entries(searches)) {
  await quiet()
  await searchTimes(jql)
  const times = await searchTimes(jql)
  found.push({ name, median: median(times), p99: quantile(times, 0.99) })
}
printTable('searches of four clauses over 50,000 issues, with 50 results at most', found, [
  ['search', ({ name }) => name],
  ['median ms', (row) => short(row.median)],
  ['p99 ms', (row) => short(row.p99)],
])

/** Reads issues at a fixed rate, whether or not the last answers are there. A late start counts as late. */
async function readAtRate(): Promise<readonly number[]> {
  const answers: Promise<Answer>[] = []
  const begin = performance.now()
  for (let number = 0; number < readsPerSecond * seconds;) {
    const due = begin + (number * 1000) / readsPerSecond
    const wait = due - performance.now()
    if (wait > 0.5) await sleep(wait)
    else {
      const key = `${letters(number % 10)}-${1 + ((number * 7919) % 5000)}`
      answers.push(ask(`/issue/${key}`, due))
      number += 1
    }
  }
  return (await Promise.all(answers)).map(({ milliseconds }) => milliseconds)
}

await readAtRate()
const reads = []
for (let round = 0; round < rounds; round += 1) {
  await quiet()
  const end = meter([server.pid])
  const times = await readAtRate()
  const { of, foreign } = end()
  reads.push({ p50: median(times), p99: quantile(times, 0.99), busy: (of[0] ?? NaN) / seconds, foreign })
}
printTable(`reads of issues, ${readsPerSecond} a second`, reads, [
  ['round', (row) => String(reads.indexOf(row) + 1)],
  ['p50 ms', ({ p50 }) => short(p50)],
  ['p99 ms', ({ p99 }) => short(p99)],
  ['processor', ({ busy }) => busy.toFixed(2)],
  ['foreign', ({ foreign }) => foreign.toFixed(2)],
])

const memory = memoryOf(server.pid)
await server.stop()
agent.destroy()
judge(
  [
    { goal: 'start from a snapshot, seconds', value: median(starts) / 1000, atMost: 3 },
    { goal: 'slowest median of a search, ms', value: Math.max(...found.map((row) => row.median)), atMost: 5 },
    { goal: 'median p99 of reads, ms', value: median(reads.map(({ p99 }) => p99)), atMost: 3 },
    { goal: 'resident memory, MiB', value: memory, atMost: 1024 },
  ],
  join(import.meta.dirname, 'results', 'simulator.json'),
  { issues, pages, starts, firstWords: firstWords.milliseconds, searches: found, reads, memory },
)
