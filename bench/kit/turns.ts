import { load, type LoadRequest } from './load.ts'
import { memoryOf, meter, quietWaiter } from './processor.ts'
import { startServer, type RunningServer } from './server-process.ts'
import { median, pairedRatio } from './statistics.ts'

/** A server under measurement. `request` is made from its address and what it said about itself. */
export interface Contender {
  readonly name: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly request: (server: RunningServer) => LoadRequest
}

export interface ServerSample {
  /** Microseconds of the server's processor time for one request. */
  readonly cost: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Resident MiB after the load. */
  readonly mib: number
  /** Processors that others used during the sample. */
  readonly foreign: number
}

export interface Row extends ServerSample {
  readonly name: string
  /** Median over the rounds of base / contender: 2 means half the cost of the base. */
  readonly ratio: number
  readonly samples: readonly ServerSample[]
}

export interface TurnsOptions {
  readonly base: string
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
}

/** Every contender once in each round, forwards and backwards in turn; one untimed sample of each comes first. */
export async function compareServers(
  contenders: readonly Contender[],
  { base, rounds, seconds, connections }: TurnsOptions,
): Promise<readonly Row[]> {
  const quiet = quietWaiter()
  const running = new Map<string, RunningServer>()
  const samples = new Map<string, ServerSample[]>(contenders.map(({ name }) => [name, []]))
  const sample = async ({ name, request }: Contender): Promise<ServerSample> => {
    const server = running.get(name)
    if (server === undefined) throw new Error(`${name} is not running`)
    await quiet()
    const end = meter([server.pid])
    const done = await load({ ...request(server), connections, seconds }, 1)
    const { of, foreign } = end(done.cpu)
    if (done.bad > 0) throw new Error(`${name} gave ${done.bad} bad answers of ${done.count}`)
    const { perSecond, p50, p99 } = done
    return {
      cost: ((of[0] ?? NaN) * 1e6) / done.count,
      perSecond,
      p50,
      p99,
      mib: memoryOf(server.pid),
      foreign,
    }
  }
  try {
    for (const { name, args, env } of contenders) {
      running.set(name, await startServer(args, { cpu: 0, ...(env && { env }) }))
    }
    for (const contender of contenders) await sample(contender)
    for (let round = 0; round < rounds; round += 1) {
      for (const contender of round % 2 === 1 ? contenders.toReversed() : contenders) {
        samples.get(contender.name)?.push(await sample(contender))
      }
      process.stderr.write(`round ${round + 1} of ${rounds}\n`)
    }
  } finally {
    await Promise.all([...running.values()].map((server) => server.stop()))
  }
  const baseCosts = (samples.get(base) ?? []).map(({ cost }) => cost)
  return [...samples].map(([name, list]) => {
    const middle = (key: keyof ServerSample): number => median(list.map((each) => each[key]))
    const [cost, perSecond, p50] = [middle('cost'), middle('perSecond'), middle('p50')]
    const [p99, mib, foreign] = [middle('p99'), middle('mib'), middle('foreign')]
    const ratio = pairedRatio(
      baseCosts,
      list.map((each) => each.cost),
    )
    return { name, cost, perSecond, p50, p99, mib, foreign, ratio, samples: list }
  })
}
