/**
 * A day in virtual time: 200 agents on four sites against the limits of the simulator, which counts points, buckets and writes
 * to one issue by itself and refuses with its own fields. It proves how much of a limit is used, how often is refused, and who
 * waits how long. It says nothing of networks, nor of a store that is slow: the four instances share one in memory.
 */
import {
  addComment,
  editIssue,
  getIssue,
  searchAndReconsileIssuesUsingJqlPost,
  searchProjects,
} from '../../packages/jira/src/operations.ts'
import type { LimitKey, Limiter } from '../../packages/rate-limiter/src/index.ts'
import {
  atlassianFamilies,
  atlassianRules,
  createLimiter,
  createMemoryLimiterStore,
  heed,
} from '../../packages/rate-limiter/src/index.ts'
import type { OperationSpec } from '../../packages/rest/src/operation.ts'
import { createMeter, type Meter } from '../../packages/simulator/src/limits/meter.ts'
import { pointsPerHour } from '../../packages/simulator/src/limits/rates.ts'
import { printTable, type Goal } from '../kit/report.ts'
import { quantile } from '../kit/statistics.ts'
import { createWorld, seeded } from './virtual.ts'

interface Task {
  readonly operation: OperationSpec
  readonly points: number
  /** How many of a hundred calls. */
  readonly share: number
  readonly issues?: true
}

const tasks: readonly Task[] = [
  { operation: searchAndReconsileIssuesUsingJqlPost, points: 51, share: 30 },
  { operation: getIssue, points: 2, share: 50 },
  { operation: editIssue, points: 1, share: 12, issues: true },
  { operation: addComment, points: 1, share: 8, issues: true },
]
const single: readonly Task[] = [{ operation: searchProjects, points: 0, share: 100 }]

interface Plan {
  readonly name: string
  readonly hours: number
  readonly tasks: readonly Task[]
  /** Mean pause between two calls of an agent. */
  readonly thinking: number
  readonly app?: string
  readonly instances: number
  /** Others take so much of a second's bucket in ten seconds of each minute. */
  readonly others: number
  readonly sites: number
}

interface Outcome {
  readonly name: string
  readonly calls: number
  readonly use: number
  readonly refused: number
  readonly jain: number
  readonly p50: number
  readonly p99: number
  /** Requests sent while a refusal said to wait. */
  readonly inside: number
  /** Our count of the last hour's points by the simulator's, where there are points. */
  readonly count: number
}

const agents = 200
const start = Date.UTC(2026, 0, 1)
const hour = 3_600_000
const still = (): void => {}
const percent = (value: number): string => `${(value * 100).toFixed(2)} %`

/** 1 when all are the same. */
const jainOf = (values: readonly number[]): number => {
  const sum = values.reduce((total, value) => total + value, 0)
  const squares = values.reduce((total, value) => total + value * value, 0)
  return squares === 0 ? 1 : (sum * sum) / (values.length * squares)
}

async function live(plan: Plan): Promise<Outcome> {
  const world = createWorld(start)
  const random = seeded(8)
  const clock = { now: world.now, advance: still, set: still, freeze: still, resume: still }
  const meter: Meter = createMeter(clock, { enforce: true })
  const store = plan.instances > 1 ? createMemoryLimiterStore() : undefined
  const limiters = Array.from({ length: plan.instances }, () =>
    createLimiter({
      rules: atlassianRules(),
      now: world.now,
      monotonic: () => world.now() - start,
      sleep: world.sleep,
      instances: plan.instances,
      random,
      ...(store && { store }),
    }),
  )
  const waits: number[][] = Array.from({ length: agents }, () => [])
  let [ok, refused, inside, spent, points, ours] = [0, 0, 0, 0, 0, 0]
  const shut = new Map<string, { readonly from: number; readonly until: number }>()

  /** Whether somebody had heard of a pause before this moment, and it was not over. */
  const isShut = (key: string, at: number): boolean => {
    const { from = Infinity, until = 0 } = shut.get(key) ?? {}
    return from < at && at < until
  }

  async function call(
    agent: number,
    { operation, issues, points: cost }: Task,
    limiter: Limiter,
  ): Promise<void> {
    const site = `site-${agent % plan.sites}`
    const issue = `ED-${Math.floor(random() * 40)}`
    const keys: readonly LimitKey[] = [
      ...(issues ? ([`issue:${site}/${issue}`] as const) : []),
      `operation:${site}/${operation.method} ${operation.path}`,
      ...atlassianFamilies(operation).map((name) => `family:${site}/${name}` as const),
      `site:${site}`,
      ...(plan.app ? ([`app:${plan.app}`] as const) : []),
    ]
    const asked = world.now()
    for (let attempt = 1; ; attempt += 1) {
      const permit = await limiter.enter(keys, {
        person: `agent-${agent}`,
        priority: 'interactive',
        cost: { requests: 1, points: cost },
      })
      const begin = world.now()
      await world.sleep(40 + 20 * random())
      if (keys.some((key) => isShut(key, begin))) inside += 1
      const metered = { cloudId: site, operation, issue: issues && issue, clientId: plan.app }
      const { headers: fields, refusal } = meter.take(metered)
      const headers = new Headers({ ...fields, ...refusal?.headers })
      if (!refusal && plan.app) {
        meter.spend(metered, cost)
        points += cost
      }
      await world.sleep(40 + 20 * random())
      const pause = heed(limiter, keys, {
        status: refusal ? 429 : 200,
        headers,
        now: world.now(),
        took: world.now() - begin,
        attempt,
      })
      const named = pause && keys.find((key) => key.startsWith(`${pause.scope}:`))
      if (pause && named) shut.set(named, { from: world.now(), until: world.now() + pause.milliseconds })
      permit.end(refusal ? { cost: { requests: 1, points: 0 } } : { cost: { requests: 1, points: cost } })
      if (refusal) {
        refused += 1
        continue
      }
      ok += 1
      ours += cost
      waits[agent]?.push(begin - asked)
      return
    }
  }

  async function work(number: number): Promise<void> {
    const limiter = limiters[number % limiters.length]
    for (;;) {
      await world.sleep(-Math.log(1 - random()) * plan.thinking)
      let pick = random() * 100
      const task = plan.tasks.find(({ share }) => (pick -= share) < 0)
      if (task && limiter) await call(number, task, limiter)
    }
  }

  /** Ten seconds in each minute, evenly. */
  async function others(): Promise<void> {
    const [task] = plan.tasks
    if (task === undefined || plan.others === 0) return
    for (;;) {
      await world.sleep(100)
      if (world.now() % 60_000 >= 10_000) continue
      for (let site = 0; site < plan.sites; site += 1) {
        for (let taken = 0; taken < 10 * plan.others; taken += 1) {
          if (!meter.take({ cloudId: `site-${site}`, operation: task.operation }).refusal) spent += 1
        }
      }
    }
  }

  for (let number = 0; number < agents; number += 1) void work(number)
  void others()
  const end = start + plan.hours * hour
  await world.run(end - 1)
  const whole = plan.app
    ? pointsPerHour * plan.hours
    : plan.sites * (100 * plan.hours * 3600 + 100) - othersWish(plan)
  const used = plan.app ? points : ok
  const app = plan.app === undefined ? undefined : limiters[0]?.budget(`app:${plan.app}`)[0]
  const theirs = plan.app === undefined ? 0 : meter.spent(plan.app)
  const p99s = waits.map((list) => quantile(list, 0.99)).filter((value) => Number.isFinite(value))
  const all = waits.flat()
  return {
    name: plan.name,
    calls: ok,
    use: used / whole,
    refused: refused / (ok + refused),
    jain: jainOf(p99s.map((value) => value + 1)),
    p50: quantile(all, 0.5),
    p99: quantile(all, 0.99),
    inside,
    count: app && theirs > 0 ? (app.limit - app.remaining) / theirs : NaN,
  }
}

/** What the others ask for: so much of a hundred a second, for a sixth of the time. */
const othersWish = ({ others, sites, hours }: Plan): number => sites * ((others * 100 * hours * 3600) / 6)

export async function day({ quick }: { readonly quick: boolean }): Promise<readonly Goal[]> {
  const points = { hours: quick ? 2 : 24, tasks, thinking: 100_000, app: 'telamon', others: 0, sites: 4 }
  const bucket = { hours: quick ? 0.05 : 0.25, tasks: single, thinking: 10, others: 0, sites: 1 }
  const plans: readonly Plan[] = [
    { ...points, name: 'points, one instance', instances: 1 },
    { ...points, name: 'points, four instances', instances: 4 },
    { ...bucket, name: 'a bucket of ours, one instance', instances: 1 },
    { ...bucket, name: 'a bucket of ours, four instances', instances: 4 },
    { ...bucket, name: 'a shared bucket, one instance', instances: 1, others: 0.6 },
    { ...bucket, name: 'a shared bucket, four instances', instances: 4, others: 0.6 },
  ]
  const outcomes: Outcome[] = []
  for (const plan of plans) outcomes.push(await live(plan))
  printTable(
    `${agents} agents, ${points.hours} h of points, ${bucket.hours * 60} min of a bucket of 100/s`,
    outcomes,
    [
      ['limit', ({ name }) => name],
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
  return outcomes.flatMap(({ name, use, refused, jain, inside, count }): readonly Goal[] => {
    const goals: readonly Goal[] = [
      {
        goal: `day, ${name}: use of the oracle's`,
        value: use,
        atLeast: name.startsWith('a shared') ? 0.9 : 0.97,
      },
      { goal: `day, ${name}: refused`, value: refused, atMost: 0.01 },
      { goal: `day, ${name}: Jain index of p99 waits`, value: jain, atLeast: 0.95 },
      { goal: `G12 ${name}: requests begun inside a pause`, value: inside, atMost: 0 },
    ]
    const counted: Goal = {
      goal: `G12 ${name}: our count of points off the simulator's`,
      value: Math.abs(1 - count),
      atMost: 0.02,
    }
    return Number.isFinite(count) ? goals.concat(counted) : goals
  })
}
