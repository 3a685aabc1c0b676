/**
 * A day in virtual time: 200 agents with the real client and the real limiter against the simulator, which counts points,
 * buckets and writes to one issue by itself and refuses with its own fields. Shows how much of a limit is used, how often is
 * refused, and who waits how long; alone, and as four processes that share a store. It says nothing of networks, nor of a
 * store that is slow: the shared one is in memory (`npm run bench:outage` has Redis).
 *
 * Usage: npm run bench:day [-- --quick]
 */
import { parseArgs } from 'node:util'

import { agents, live, type Outcome, type Plan } from './day/live.ts'
import { type Goal, judge, printTable } from './kit/report.ts'

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const { quick } = values

const points = { work: 'points', hours: quick ? 2 : 24, thinking: 100_000, others: 0 } as const
const bucket = { work: 'bucket', hours: quick ? 0.02 : 0.1, thinking: 10, others: 0 } as const
const plans: readonly Plan[] = [1, 4].flatMap((instances) => {
  const by = instances === 1 ? 'one process' : `${instances} processes`
  return [
    { ...points, name: `points, ${by}`, instances },
    { ...bucket, name: `a bucket of ours, ${by}`, instances },
    { ...bucket, name: `a shared bucket, ${by}`, instances, others: 0.6 },
  ]
})

const percent = (value: number): string => `${(value * 100).toFixed(2)} %`
const outcomes: Outcome[] = []
for (const plan of plans) {
  outcomes.push(await live(plan))
  process.stderr.write(`${plan.name}: done\n`)
}

printTable(
  `${agents} agents: ${points.hours} h of an app's points, ${bucket.hours * 60} min of a bucket of 100/s`,
  outcomes,
  [
    ['limit', ({ plan }) => plan.name],
    ['calls', ({ calls }) => String(calls)],
    ["of the oracle's", ({ use }) => percent(use)],
    ['refused', ({ refused }) => percent(refused)],
    ['wait p50 ms', ({ p50 }) => p50.toFixed(0)],
    ['p99', ({ p99 }) => p99.toFixed(0)],
    ['Jain of p99', ({ jain }) => jain.toFixed(3)],
    ['in a pause', ({ inside }) => String(inside)],
    ['our count', ({ count }) => (Number.isFinite(count) ? percent(count) : '-')],
  ],
)

function goalsOf({ plan, use, refused, jain, inside, count }: Outcome): readonly Goal[] {
  const { name, others } = plan
  const goals: readonly Goal[] = [
    { goal: `${name}: use of the oracle's`, value: use, atLeast: others > 0 ? 0.9 : 0.97 },
    { goal: `${name}: refused`, value: refused, atMost: 0.01 },
    { goal: `${name}: Jain index of p99 waits`, value: jain, atLeast: 0.95 },
    { goal: `${name}: requests sent inside a pause`, value: inside, atMost: 0 },
  ]
  const counted: Goal = {
    goal: `${name}: our count of points off the simulator's`,
    value: Math.abs(1 - count),
    atMost: 0.02,
  }
  return Number.isFinite(count) ? goals.concat(counted) : goals
}

judge(outcomes.flatMap(goalsOf), `${import.meta.dirname}/results/day.json`, { quick, outcomes })
// Whoever still waits for a turn in virtual time would wait for ever.
process.exit()
