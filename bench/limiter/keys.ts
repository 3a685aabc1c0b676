/** Memory of a million keys: a fresh process for each contender, fresh key strings, after a collection. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { printTable, short, type Goal } from '../kit/report.ts'

interface Grown {
  readonly name: string
  readonly bytes: number
  readonly resident: number
  readonly insert: number
}

const contenders = ['ours', 'rate-limiter-flexible', 'floor: a Map of numbers'] as const

export function keysPart({ count }: { readonly count: number }): readonly Goal[] {
  const rows = contenders.map((name): Grown => {
    const args = [
      '--expose-gc',
      '--max-old-space-size=8192',
      fileURLToPath(import.meta.url),
      name,
      String(count),
    ]
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 300_000 })
    if (status !== 0) throw new Error(`${name} ended with ${status}`)
    const { bytes, resident, insert } = JSON.parse(stdout)
    return { name, bytes, resident, insert }
  })
  printTable(`memory of ${short(count)} keys`, rows, [
    ['contender', ({ name }) => name],
    ['bytes a key', ({ bytes }) => short(bytes)],
    ['resident', ({ resident }) => short(resident)],
    ['insert us', ({ insert }) => insert.toFixed(2)],
  ])
  const [ours, peer] = rows
  return [
    {
      goal: 'G3 bytes a key, by those of rate-limiter-flexible',
      value: (ours?.bytes ?? NaN) / (peer?.bytes ?? NaN),
      atMost: 0.2,
    },
    { goal: 'G3 keys remembered beyond the bound', value: beyondBound(count), atMost: 0 },
  ]
}

/** How many keys are remembered too many when twice as many come as may stay. */
function beyondBound(count: number): number {
  const args = ['--expose-gc', fileURLToPath(import.meta.url), 'bound', String(Math.min(count, 100_000))]
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 300_000 })
  return Number(stdout)
}

async function grow(name: string, count: number): Promise<void> {
  const { createLimiter } = await import('../../packages/rate-limiter/src/index.ts')
  const { RateLimiterMemory } = await import('rate-limiter-flexible')
  const rule = {
    name: 'plan',
    kind: 'rolling',
    unit: 'requests',
    per: 'site',
    limit: 1000,
    window: 36_000,
    fail: 'local',
  } as const
  const peer = new RateLimiterMemory({ points: 1000, duration: 36_000 })
  const ours = createLimiter({ rules: [rule], maxKeys: name === 'bound' ? count : 2 * count })
  const map = new Map<string, number>()
  const insert: Record<string, (key: `site:${string}`) => unknown> = {
    ours: (key) => ours.tryTake(key),
    'rate-limiter-flexible': (key) => peer.consume(key),
    'floor: a Map of numbers': (key) => map.set(key, performance.now()),
  }
  if (name === 'bound') {
    for (let index = 0; index < 2 * count; index += 1) ours.tryTake(`site:${index}`)
    let remembered = 0
    // A key that is remembered has spent a unit.
    for (let index = 2 * count - 1; index >= 0; index -= 1) {
      const [budget] = ours.budget(`site:${index}`)
      if (budget && budget.resetMs > 0) remembered += 1
    }
    console.log(Math.max(0, remembered - count))
    return
  }
  const work = insert[name]
  if (work === undefined) throw new Error(`No contender is called ${name}`)
  const collect = (globalThis as { gc?: () => void }).gc
  collect?.()
  const before = process.memoryUsage()
  const cpu = process.cpuUsage()
  for (let index = 0; index < count; index += 1) await work(`site:${index % 50}:user-${index}:plan`)
  const { user, system } = process.cpuUsage(cpu)
  collect?.()
  const after = process.memoryUsage()
  const bytes = (after.heapUsed + after.external - before.heapUsed - before.external) / count
  console.log(
    JSON.stringify({ bytes, resident: (after.rss - before.rss) / count, insert: (user + system) / count }),
  )
  process.exit(0)
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await grow(process.argv[2] ?? '', Number(process.argv[3]))
