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

const started = new Set<ChildProcess>()
process.on('exit', () => started.forEach((child) => child.kill('SIGKILL')))

const clients: readonly ClientName[] = ['fetch', 'peer', 'telamon', 'telamon, node']

/** Calls a round, so that a sample takes about a second, and calls before the first one. */
const counts: Readonly<Record<Task, { readonly calls: number; readonly warm: number }>> = {
  issue: { calls: 1_500, warm: 3_000 },
  search: { calls: 250, warm: 500 },
  page: { calls: 2_000, warm: 3_000 },
}

/** The next message of a client, which may not end before. */
async function told(child: ChildProcess): Promise<Record<string, unknown>> {
  const ended = new AbortController()
  const end = (code: number | null): void => ended.abort(new Error(`A client ended with ${code}`))
  child.once('exit', end)
  try {
    const [message] = await once(child, 'message', { signal: ended.signal })
    return message
  } catch (error) {
    throw ended.signal.aborted ? ended.signal.reason : error
  } finally {
    child.off('exit', end)
  }
}

async function start(client: ClientName, task: Task, { url, folder, path }: Place): Promise<Caller> {
  const args = ['--expose-gc', join(import.meta.dirname, 'caller.ts'), client, task, url, folder, path]
  const [program = '', ...rest] = [...(canPin() ? ['taskset', '-c', '0'] : []), process.execPath, ...args]
  const child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  started.add(child)
  await told(child)
  return { client, process: child, costs: [], foreign: [] }
}

interface Place {
  readonly url: string
  readonly folder: string
  /** What a plain fetch asks for. */
  readonly path: string
}

interface Answer {
  readonly path: string
  readonly bytes: number
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

const operations: Readonly<Record<Task, string>> = {
  issue: 'getIssue',
  search: 'searchAndReconsileIssuesUsingJql',
  page: 'getPageById',
}

/** Every client once in each round, forwards and backwards in turn. `folder`: where our clients are installed. */
export async function compareCalls(folder: string, rounds: number): Promise<readonly CallRow[]> {
  const { url, info, stop } = await startServer([join(import.meta.dirname, 'upstream.ts')], { cpu: 1 })
  const answers: Readonly<Record<string, Answer>> = JSON.parse(JSON.stringify(info['answers']))
  try {
    const rows: CallRow[] = []
    for (const task of ['issue', 'search', 'page'] as const) {
      const answer = answers[operations[task]]
      if (answer === undefined) throw new Error(`The upstream was not asked for ${operations[task]}`)
      const { path, bytes } = answer
      const name = `${task}, ${(bytes / 1000).toFixed(0)} KB`
      for (const row of await compareTask(task, { url, folder, path }, rounds))
        rows.push({ ...row, task: name })
    }
    return rows
  } finally {
    await stop()
  }
}
