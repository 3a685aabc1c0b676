/**
 * Two processes under load behind one Redis of their own, which is stopped, killed and frozen, and comes back each time; then
 * one of the processes is killed. Shows that each rule fails as it says, that nothing breaks, and how soon counting together
 * begins again. Clocks on the wall: a machine that is too busy to answer within 50 ms counts as away, as it should.
 *
 * Usage: npm run bench:outage
 */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { type Goal, judge, printTable } from './kit/report.ts'
import { type Answer, burst, instances, limit, window } from './outage/rules.ts'

/** How long Redis is away, and how long it is there between two outages. */
const [awayFor, thereFor] = [3000, 4500]
/** How long a process may take to notice. */
const grace = 300

const folder = mkdtempSync(join(tmpdir(), 'bench-outage-'))
const port = await freePort()
const url = `redis://127.0.0.1:${port}`
let server = await startRedis()
const answers: (readonly Answer[])[][] = []
const workers = await Promise.all(Array.from({ length: instances }, (_, number) => startWorker(number)))

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}

/** Resolves when it answers. */
async function startRedis(): Promise<ChildProcess> {
  const args = ['--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder]
  const child = spawn('redis-server', args, { stdio: 'ignore' })
  child.once('error', (error) => {
    console.error(`redis-server cannot be started: ${error.message}. Install it (Debian: redis-server).`)
    process.exit(1)
  })
  while (!(await answersPing())) await sleep(10)
  return child
}

function answersPing(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

async function startWorker(number: number): Promise<ChildProcess> {
  const child = fork(new URL('outage/worker.ts', import.meta.url), [url, 'outage'])
  await once(child, 'message')
  answers[number] = []
  child.on('message', (list: readonly Answer[]) => answers[number]?.push(list))
  return child
}

interface Outage {
  readonly name: string
  readonly strike: () => Promise<void>
  readonly mend: () => Promise<void>
}

async function end(signal: NodeJS.Signals): Promise<void> {
  server.kill(signal)
  await once(server, 'exit')
}
async function startAgain(): Promise<void> {
  server = await startRedis()
}
const outages: readonly Outage[] = [
  { name: 'stopped', strike: () => end('SIGTERM'), mend: startAgain },
  { name: 'killed', strike: () => end('SIGKILL'), mend: startAgain },
  {
    name: 'frozen',
    strike: async () => void server.kill('SIGSTOP'),
    mend: async () => void server.kill('SIGCONT'),
  },
]

interface Span {
  readonly from: number
  readonly to: number
}
interface Seen extends Span {
  readonly name: string
  readonly back: number
  /** When counting together was over for everybody, until the next outage. */
  readonly until: number
}

const seen: Seen[] = []
await sleep(thereFor)
for (const { name, strike, mend } of outages) {
  await strike()
  const from = Date.now()
  await sleep(awayFor)
  const to = Date.now()
  await mend()
  const back = Date.now()
  await sleep(thereFor)
  seen.push({ name, from, to, back, until: Date.now() })
}
const alive = workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).length
const [victim, survivor] = workers
victim?.kill('SIGKILL')
const killedAt = Date.now()
await sleep(thereFor)
const survives = survivor?.exitCode === null
const endedAt = Date.now()
for (const worker of workers) if (worker.connected) worker.disconnect()
server.kill('SIGKILL')
rmSync(folder, { recursive: true, force: true })

const all = answers.map((lists) => lists.flat())
const isIn =
  ({ from, to }: Span) =>
  ({ at }: Answer): boolean =>
    at >= from && at < to
const grants = (mode: Answer['mode'], span: Span, of = all.flat()): readonly number[] =>
  of.filter((answer) => answer.mode === mode && answer.granted && isIn(span)(answer)).map(({ at }) => at)
const share = (mode: Answer['mode'], span: Span): number => {
  const asked = all.flat().filter((answer) => answer.mode === mode && isIn(span)(answer))
  return asked.filter(({ granted }) => granted).length / asked.length
}
/** The most in any window. */
const worst = (times: readonly number[]): number => {
  const sorted = times.toSorted((a, b) => a - b)
  return Math.max(
    0,
    ...sorted.map((from, index) => {
      const next = sorted.findIndex((at, other) => other > index && at >= from + window * 1000)
      return (next < 0 ? sorted.length : next) - index
    }),
  )
}

const rows = seen.map(({ name, from, to, back, until }) => {
  const away = { from: from + grace, to }
  const together = { from: back, to: until }
  const recovery = all.map((mine) => (grants('closed', together, mine)[0] ?? Infinity) - back)
  return {
    name,
    open: share('open', away),
    closed: grants('closed', away).length + grants('leased', away).length,
    local: worst(grants('local', away)),
    recovery: Math.max(...recovery),
    after: worst(grants('closed', together)),
    afterLeased: worst(grants('leased', together)),
  }
})

printTable(`${instances} processes, ${limit} in ${window} s, Redis away for ${awayFor} ms`, rows, [
  ['Redis is', ({ name }) => name],
  ['open: granted', ({ open }) => `${(open * 100).toFixed(1)} %`],
  ['closed: granted', ({ closed }) => String(closed)],
  ['local: most in a window', ({ local }) => String(local)],
  ['back after ms', ({ recovery }) => recovery.toFixed(0)],
  ['then at most', ({ after }) => String(after)],
  ['leased', ({ afterLeased }) => String(afterLeased)],
])
const alone = { from: killedAt, to: endedAt }
const begin = { from: 0, to: seen[0]?.from ?? 0 }
console.log(
  `before: at most ${worst(grants('closed', begin))} in a window; ` +
    `after one process was killed: ${worst(grants('closed', alone))}, leased ${worst(grants('leased', alone))}`,
)

const goals: readonly Goal[] = [
  ...rows.flatMap(({ name, open, closed, local, recovery, after }): readonly Goal[] => [
    { goal: `${name}: an open rule grants all`, value: open, atLeast: 1 },
    { goal: `${name}: a closed rule grants none`, value: closed, atMost: 0 },
    { goal: `${name}: local shares together, by the limit`, value: local / limit, atMost: 1 },
    { goal: `${name}: local shares are used`, value: local / limit, atLeast: 0.5 },
    { goal: `${name}: counting together again after, ms`, value: recovery, atMost: 2000 },
    { goal: `${name}: then the worst window, by the limit`, value: after / limit, atMost: 1 },
  ]),
  {
    goal: 'before: the worst window, by the limit',
    value: worst(grants('closed', begin)) / limit,
    atMost: 1,
  },
  { goal: 'processes that broke', value: instances - alive, atMost: 0 },
  { goal: 'the other process goes on after a kill -9', value: survives ? 1 : 0, atLeast: 1 },
  {
    goal: 'and is granted, by what comes back in a window',
    value: worst(grants('closed', alone)) / (limit - burst),
    atLeast: 0.95,
  },
  { goal: 'and no more than that', value: worst(grants('closed', alone)) / limit, atMost: 1 },
  { goal: 'the same of a leased rule', value: worst(grants('leased', alone)) / limit, atMost: 1 },
]
judge(goals, `${import.meta.dirname}/results/outage.json`, rows)
