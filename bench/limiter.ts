import { judge, type Goal } from './kit/report.ts'
import { keysPart } from './limiter/keys.ts'
import { memory } from './limiter/memory.ts'
import { pacer } from './limiter/pacer.ts'
const part = process.argv[2] ?? 'memory'
const goals: Goal[] = []
if (part === 'memory') goals.push(...(await memory({ rounds: 5, milliseconds: 200 })))
if (part === 'pacer') goals.push(...(await pacer({ rounds: 5, milliseconds: 200 })))
if (part === 'keys') goals.push(...keysPart({ count: 1_000_000 }))
judge(goals, '/tmp/lab/x.json', {})
