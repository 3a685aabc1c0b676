/** What one call costs beside the peers: client and upstream in processes of their own, one call at a time. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

import { canPin, meter, quietWaiter } from '../kit/processor.ts'
import { startServer } from '../kit/server-process.ts'
import { median, pairedRatio } from '../kit/statistics.ts'
import type { ClientName, Task } from './caller.ts'

export interface CallRow {
  readonly task: string
  readonly client: ClientName
  /** Microseconds of the client's processor time for one call, the median of the rounds. */
  readonly cost: number
  /** Median over the rounds of this client's cost / the peer's. */
  readonly share: number
  /** Processors that others used during the samples. */
  readonly foreign: number
  readonly samples: readonly number[]
}

interface Caller {
  readonly client: ClientName
  readonly process: ChildProcess
  readonly costs: number[]
  readonly foreign: number[]
}

const clients: readonly ClientName[] = ['fetch', 'peer', 'telamon', 'telamon, node']

/** Calls a round, so that a sample takes about a second, and calls before the first one. */
const counts: Readonly<Record<Task, { readonly calls: number; readonly warm: number }>> = {
  issue: { calls: 1_500, warm: 3_000 },
  search: { calls: 250, warm: 500 },
  page: { calls: 2_000, warm: 3_000 },
}

async function told(child: ChildProcess): Promise<Record<string, unknown>> {
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`A client ended with ${code}`))),
  ])
  return message
}

async function start(client: ClientName, task: Task, { url, folder }: Place): Promise<Caller> {
  const args = ['--expose-gc', join(import.meta.dirname, 'caller.ts'), client, task, url, folder]
  const [program = '', ...rest] = [...(canPin() ? ['taskset', '-c', '0'] : []), process.execPath, ...args]
  const child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  process.on('exit', () => child.kill('SIGKILL'))
  await told(child)
  return { client, process: child, costs: [], foreign: [] }
}

interface Place {
  readonly url: string
  readonly folder: string
}

async function sample({ process: child, costs, foreign }: Caller, calls: number): Promise<void> {
  const end = meter([child.pid ?? NaN])
  child.send(calls)
  const { seconds } = await told(child)
  costs.push((Number(seconds) * 1e6) / calls)
  foreign.push(end().foreign)
}

async function compareTask(task: Task, place: Place, rounds: number): Promise<readonly CallRow[]> {
  const { calls, warm } = counts[task]
  const quiet = quietWaiter(60_000)
  const callers: Caller[] = []
  for (const client of clients) callers.push(await start(client, task, place))
  for (const caller of callers) await sample(caller, warm)
  for (const { costs, foreign } of callers) costs.length = foreign.length = 0
  for (let round = 0; round < rounds; round += 1) {
    for (const caller of round % 2 === 1 ? callers.toReversed() : callers) {
      await quiet()
      await sample(caller, calls)
    }
    process.stderr.write(`${task}: round ${round + 1} of ${rounds}\n`)
  }
  for (const { process: child } of callers) child.kill()
  const base = callers.find(({ client }) => client === 'peer')?.costs ?? []
  return callers.map(({ client, costs, foreign }) => ({
    task,
    client,
    cost: median(costs),
    share: 1 / pairedRatio(base, costs),
    foreign: median(foreign),
    samples: costs,
  }))
}

/** Every client once in each round, forwards and backwards in turn. `folder`: where our clients are installed. */
export async function compareCalls(folder: string, rounds: number): Promise<readonly CallRow[]> {
  const upstream = await startServer([join(import.meta.dirname, 'upstream.ts')], { cpu: 1 })
  try {
    const place = { url: upstream.url, folder }
    const rows: CallRow[] = []
    for (const task of ['issue', 'search', 'page'] as const) {
      const compared = await compareTask(task, place, rounds)
      const size = Number(Object.entries(upstream.info['sizes'] ?? {}).find(([path]) => path.includes(pathOf[task]))?.[1])
      rows.push(...compared.map((row) => ({ ...row, task: `${task}, ${(size / 1000).toFixed(0)} KB` })))
    }
    return rows
  } finally {
    await upstream.stop()
  }
}

const pathOf: Readonly<Record<Task, string>> = { issue: '/issue/', search: '/search/', page: '/pages/' }
