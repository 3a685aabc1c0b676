/**
 * What the proxy costs, beside mcp-remote, supergateway and mcp-proxy, over answers in JSON and in event streams: the
 * time until `initialize` is answered, memory, the time added to a call, throughput at 50 calls at once, and an answer of
 * 50 MB. Contenders take turns, so that other load meets all of them.
 *
 * Usage: npm run bench:proxy [-- --quick]
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { judge, printTable, short } from './kit/report.ts'
import { median } from './kit/statistics.ts'
import type { Contender } from './proxy/contenders.ts'
import { mcpRemote, others, ours } from './proxy/contenders.ts'
import type { Caller } from './proxy/direct.ts'
import { direct } from './proxy/direct.ts'
import type { RunningServer } from './proxy/run-server.ts'
import { runServer } from './proxy/run-server.ts'
import { within } from './proxy/stdio-host.ts'
import { openThrough, startMeasured } from './proxy/through.ts'

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const plan = values.quick
  ? { starts: 5, rounds: 2, blocks: 6, burst: 600, large: 3 }
  : { starts: 15, rounds: 5, blocks: 12, burst: 2_000, large: 5 }

const atOnce = 50
const blockCalls = 50
const largeBytes = 50 * 1_024 * 1_024

/** Milliseconds after which a large answer counts as one that never comes. */
const largePatienceMs = 60_000
const forms = ['json', 'sse'] as const

interface Start {
  readonly initializeMs: number
  readonly callMs: number
  readonly megabytes: number
}

interface Added {
  readonly addedMs: number
  readonly p50: number
}

interface Round {
  readonly perSecond: number
  /** Of what a straight connection reaches right after it. */
  readonly perSecondShare: number
  readonly megabytes: number
}

/** One large answer, beside a straight one right before it. */
interface Large {
  readonly ms: number
  readonly share: number
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

/** Calls one after the other; the milliseconds of each. */
async function block({ call }: Caller, calls: number): Promise<readonly number[]> {
  const times: number[] = []
  for (let index = 0; index < calls; index++) times.push(await timed(() => call('echo', { text: 'hello' })))
  return times
}

/** Calls with so many in flight; calls a second. */
async function burst({ call }: Caller, calls: number): Promise<number> {
  let left = calls
  const lane = async (): Promise<void> => {
    while (left-- > 0) await call('echo', { text: 'hello' })
  }
  return (calls / (await timed(() => Promise.all(Array.from({ length: atOnce }, lane))))) * 1_000
}

/** Blocks of calls straight and through each program in turn, so that all see the same machine. */
async function addedBy(contenders: readonly Contender[], url: string): Promise<ReadonlyMap<string, Added>> {
  const straight = await direct(url)
  const all = await Promise.all(
    contenders.map(async (one) => ({ name: one.name, caller: await openThrough(one, url) })),
  )
  const figures = new Map<string, { added: number; p50: number }[]>()
  for (let index = 0; index < plan.blocks + 2; index++) {
    const base = median(await block(straight, blockCalls))
    if (index > 1) add(figures, 'direct', { added: 0, p50: base })
    for (const { name, caller } of turned(all, index)) {
      const p50 = median(await block(caller, blockCalls))
      if (index > 1) add(figures, name, { added: p50 - base, p50 }) // The first two blocks warm up.
    }
  }
  await Promise.all([...all.map(({ caller }) => caller.close()), straight.close()])
  const middles = [...figures].map(
    ([name, list]) =>
      [name, { addedMs: middle(list, ({ added }) => added), p50: middle(list, ({ p50 }) => p50) }] as const,
  )
  return new Map(middles)
}

/** Fifty calls at once, and straight right after it. */
async function oneRound(contender: Contender | undefined, url: string): Promise<Round> {
  const straight = await direct(url)
  const through = contender ? await openThrough(contender, url) : undefined
  const tested = through ?? straight
  await block(tested, 100)
  await block(straight, 100)
  const perSecond = await burst(tested, plan.burst)
  const perSecondShare = perSecond / (await burst(straight, plan.burst))
  const megabytes = through?.megabytes() ?? 0
  await through?.close()
  await straight.close()
  return { perSecond, perSecondShare, megabytes }
}

async function oneLarge(contender: Contender | undefined, url: string): Promise<Large> {
  const straight = await direct(url)
  const caller = contender ? await openThrough(contender, url) : await direct(url)
  await caller.call('echo', { text: 'warm' })
  await straight.call('echo', { text: 'warm' })
  const straightMs = await timed(() => straight.call('big', { bytes: largeBytes }))
  const ms = await within(
    largePatienceMs,
    timed(() => caller.call('big', { bytes: largeBytes })),
  )
  await caller.close()
  await straight.close()
  return { ms: ms ?? Infinity, share: (ms ?? Infinity) / straightMs }
}

interface Row {
  readonly form: string
  readonly name: string
  readonly start?: Start
  readonly addedMs: number
  readonly p50: number
  readonly perSecond: number
  readonly megabytes: number
  readonly perSecondShare: number
  readonly largeMs: number
  readonly largeShare: number
}

/** The contenders of a round in another order each time: nobody is always first. */
function turned<Item>(items: readonly Item[], round: number): readonly Item[] {
  const at = round % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

async function measure(server: RunningServer, form: 'json' | 'sse', contenders: readonly Contender[]) {
  const url = server.url(form)
  const starts = new Map<string, Start[]>(contenders.map(({ name }) => [name, []]))
  for (let index = 0; index < plan.starts; index++) {
    for (const contender of turned(contenders, index))
      starts.get(contender.name)?.push(await startMeasured(contender, url))
  }
  const everyone = [undefined, ...contenders]
  const rounds = new Map<string, Round[]>()
  const large = new Map<string, Large[]>()
  const added = new Map<string, Added[]>()
  for (let index = 0; index < plan.rounds; index++)
    for (const [name, figures] of await addedBy(contenders, url)) add(added, name, figures)
  for (let index = 0; index < plan.rounds; index++)
    for (const one of turned(everyone, index)) add(rounds, one?.name ?? 'direct', await oneRound(one, url))
  // Straight and ours are judged; the others are there to compare with, and may take minutes.
  const [straight, own, ...peers] = everyone
  for (let index = 0; index < plan.large; index++)
    for (const one of [straight, own, ...(index === 0 ? peers : [])])
      add(large, one?.name ?? 'direct', await oneLarge(one, url))
  return everyone.map((one) => {
    const name = one?.name ?? 'direct'
    return rowOf({
      form,
      name,
      added: added.get(name),
      rounds: rounds.get(name),
      large: large.get(name),
      starts: starts.get(name),
    })
  })
}

function add<Value>(to: Map<string, Value[]>, name: string, value: Value): void {
  to.set(name, [...(to.get(name) ?? []), value])
}

/** The median of one figure. */
function middle<Item>(items: readonly Item[], read: (item: Item) => number): number {
  return median(items.map(read))
}

interface Measured {
  readonly form: string
  readonly name: string
  readonly added: readonly Added[] | undefined
  readonly rounds: readonly Round[] | undefined
  readonly large: readonly Large[] | undefined
  readonly starts: readonly Start[] | undefined
}

function rowOf({ form, name, added = [], rounds = [], large = [], starts }: Measured): Row {
  return {
    form,
    name,
    ...(starts && {
      start: {
        initializeMs: middle(starts, ({ initializeMs }) => initializeMs),
        callMs: middle(starts, ({ callMs }) => callMs),
        megabytes: middle(starts, ({ megabytes }) => megabytes),
      },
    }),
    addedMs: middle(added, ({ addedMs }) => addedMs),
    p50: middle(added, ({ p50 }) => p50),
    perSecond: middle(rounds, ({ perSecond }) => perSecond),
    perSecondShare: middle(rounds, ({ perSecondShare }) => perSecondShare),
    megabytes: middle(rounds, ({ megabytes }) => megabytes),
    largeMs: middle(large, ({ ms }) => ms),
    largeShare: middle(large, ({ share }) => share),
  }
}

const server = await runServer()
const contenders = [ours(), mcpRemote, ...others]
const rows: Row[] = []
try {
  for (const form of forms) rows.push(...(await measure(server, form, contenders)))
} finally {
  await server.stop()
}

printTable('standard input and output to Streamable HTTP, on loopback', rows, [
  ['answers', ({ form }) => form],
  ['', ({ name }) => name],
  ['initialize ms', ({ start }) => short(start?.initializeMs ?? NaN)],
  ['first call ms', ({ start }) => short(start?.callMs ?? NaN)],
  ['MB at start', ({ start }) => short(start?.megabytes ?? NaN)],
  ['MB after calls', ({ megabytes }) => (megabytes === 0 ? '-' : short(megabytes))],
  ['added ms', ({ name, addedMs }) => (name === 'direct' ? '-' : short(addedMs))],
  ['p50 ms', ({ p50 }) => short(p50)],
  ['calls/s at 50', ({ perSecond }) => short(perSecond)],
  ['50 MB ms', ({ largeMs }) => short(largeMs)],
])

const goals = forms.flatMap((form) => {
  const of = (name: string): Row | undefined => rows.find((row) => row.form === form && row.name === name)
  const [own, peer] = [of('telamon-proxy'), of('mcp-remote')]
  const share = (read: (row: Row) => number | undefined, base: Row | undefined): number =>
    ((own && read(own)) ?? NaN) / ((base && read(base)) ?? NaN)
  return [
    {
      goal: `${form}: time to initialize, of mcp-remote's`,
      value: share(({ start }) => start?.initializeMs, peer),
      atMost: 0.25,
    },
    {
      goal: `${form}: time added to a call, of mcp-remote's`,
      value: share(({ addedMs }) => addedMs, peer),
      atMost: 0.4,
    },
    {
      goal: `${form}: calls/s at 50, of direct`,
      value: own?.perSecondShare ?? NaN,
      atLeast: 0.75,
    },
    {
      goal: `${form}: memory at start, of mcp-remote's`,
      value: share(({ start }) => start?.megabytes, peer),
      atMost: 0.85,
    },
    {
      goal: `${form}: memory after calls, of mcp-remote's`,
      value: share(({ megabytes }) => megabytes, peer),
      atMost: 0.85,
    },
    { goal: `${form}: 50 MB, of direct`, value: own?.largeShare ?? NaN, atMost: 1.3 },
  ]
})
judge(goals, join(import.meta.dirname, 'results', 'proxy.json'), rows)
