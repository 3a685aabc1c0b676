/**
 * Kills an instance by SIGKILL before each call that it makes to its store or upstream (and before its answer), during
 * callback, code redemption, rotation and upstream refresh, on each engine, and sees that another instance goes on as if
 * nothing had happened.
 *
 * Usage: npm run crash [-- --seeds 25] [--engine sqlite]… [--scenario rotation]…
 */
import { parseArgs } from 'node:util'

import { print } from '../../src/output.ts'
import { scenarios } from './crash.ts'
import type { Scenario, Scene } from './crash.ts'
import { engineNames, openEngine, placeFor } from './engines.ts'
import type { EnginePlace } from './engines.ts'
import { createInstance } from './instance.ts'
import type { Server } from './person.ts'
import { register } from './person.ts'
import { startProcess } from './process.ts'
import type { Process } from './process.ts'
import { table } from './table.ts'
import { startUpstream } from './upstream.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '25' },
    engine: { type: 'string', multiple: true },
    scenario: { type: 'string', multiple: true },
  },
})
const seeds = Number(values.seeds)
const engines = engineNames.filter((name) => values.engine?.includes(name) ?? true)
const wanted = scenarios.filter(({ name }) => values.scenario?.includes(name) ?? true)
if (!Number.isSafeInteger(seeds) || engines.length === 0 || wanted.length === 0)
  throw new TypeError(
    `--engine is one of ${engineNames.join(', ')}, --scenario one of ${scenarios.map(({ name }) => name).join(', ')}`,
  )

interface Row {
  readonly engine: string
  readonly scenario: string
  readonly points: readonly string[]
  readonly kills: number
  readonly broken: readonly string[]
}

const upstream = await startUpstream()
const rows: Row[] = []
for (const engine of engines) {
  const place = placeFor(engine)
  for (const scenario of wanted) rows.push(await prove(place, scenario))
  place.remove()
}
await upstream.close()

print(
  table(
    [
      { name: 'Engine' },
      { name: 'In the middle of' },
      { name: 'Points', right: true },
      { name: 'Kills', right: true },
      { name: 'Broken', right: true },
    ],
    rows.map(({ engine, scenario, points, kills, broken }) => [
      engine,
      scenario,
      points.length,
      kills,
      broken.length,
    ]),
  ),
)
for (const { engine, scenario, points } of rows)
  print(`${engine}, ${scenario}: killed before ${points.join(', ')}`)
for (const { engine, scenario, broken } of rows)
  for (const words of broken) print(`BROKEN ${engine}, ${scenario}: ${words}`)
const total = rows.reduce((sum, { kills }) => sum + kills, 0)
const failures = rows.reduce((sum, { broken }) => sum + broken.length, 0)
print(
  failures === 0
    ? `${total} kills: no grant lost, no second refresh upstream, no token of somebody else.`
    : `${failures} of ${total} kills broke something.`,
)
process.exit(failures === 0 ? 0 : 1)

/** One scenario on one engine: first undisturbed, to learn the points; then killed at each, with each seed. */
async function prove(place: EnginePlace, scenario: Scenario): Promise<Row> {
  const store = await openEngine(place.engine, place.address)
  let aheadMs = 0
  const survivor = createInstance({
    auth: store.auth,
    vault: store.vault,
    upstream: upstream.origin,
    now: () => Date.now() + aheadMs,
  })
  const server: Server = async (request) =>
    (await survivor.authorization.fetch(request, { address: '127.0.0.1' })) ??
    new Response(null, { status: 404 })
  const client = await register(server)
  const start = (): Promise<Process> => startProcess(place, upstream.origin)

  async function run(
    victim: Process,
    { at, seed = 0 }: { readonly at?: number; readonly seed?: number } = {},
  ) {
    aheadMs = 0
    const pass = (milliseconds: number): void => void (aheadMs += milliseconds)
    const person = `${scenario.name}-${at ?? 'undisturbed'}-${seed}-${Date.now()}`
    const sweepsFirst = seed % 2 === 1
    const scene: Scene = { survivor, server, victim, upstream, client, person, sweepsFirst, pass }
    const { act, judge, aheadMs: victimAheadMs = 0 } = await scenario.prepare(scene)
    await victim.arm({ aheadMs: victimAheadMs, ...(at !== undefined && { at }) })
    const answered = await act().then(
      () => true,
      () => false,
    )
    await judge(answered)
    return answered
  }

  const witness = await start()
  await run(witness)
  const points = [...(await witness.calls()), 'the answer']
  await witness.kill()

  const broken: string[] = []
  let kills = 0
  let next = start()
  for (const [at, point] of points.entries()) {
    for (let seed = 1; seed <= seeds; seed += 1) {
      const victim = await next
      next = start()
      try {
        const answered = await run(victim, { at, seed })
        if (answered) throw new Error('the process did not die')
        kills += 1
      } catch (error) {
        broken.push(
          `before ${point}, seed ${seed}: ${error instanceof Error ? error.message : String(error)}`,
        )
      }
      await victim.kill()
    }
    console.error(`${place.engine}, ${scenario.name}: ${at + 1} of ${points.length} points`)
  }
  await (await next).kill()
  await store.close()
  return { engine: place.engine, scenario: scenario.name, points, kills, broken }
}
