/** Agents with the real client and the real limiter against the simulator, all in one process and in virtual time. */
import {
  addComment,
  editIssue,
  getIssue,
  searchAndReconsileIssuesUsingJqlPost,
  searchProjects,
} from '../../packages/jira/src/operations.ts'
import type { Limiter } from '../../packages/rate-limiter/src/index.ts'
import {
  atlassianFamilies,
  atlassianRules,
  createLimiter,
  createMemoryLimiterStore,
  readPause,
} from '../../packages/rate-limiter/src/index.ts'
import {
  type AuthStrategy,
  basicAuth,
  createRest,
  type Hooks,
  isAtlassianError,
  limitKeysOf,
  limitWith,
  oauth,
  type Rest,
} from '../../packages/rest/src/index.ts'
import { createSimulator, demoApp, type Simulator } from '../../packages/simulator/src/index.ts'
import { pointsPerHour } from '../../packages/simulator/src/limits/rates.ts'
import { quantile } from '../kit/statistics.ts'
import { createWorld, seeded, type World } from '../limiter/virtual.ts'

/** What agents do, for how long, and who else is there. */
export interface Plan {
  readonly name: string
  readonly hours: number
  /** `points`: the mixed work of agents under an app's points. `bucket`: one operation with an API token, as fast as it goes. */
  readonly work: 'points' | 'bucket'
  /** Mean pause between two calls of an agent, in milliseconds. */
  readonly thinking: number
  /** Processes, each with a limiter of its own over one store. */
  readonly instances: number
  /** Others take so much of a second's bucket in ten seconds of each minute. */
  readonly others: number
}

/** What came of it. Waits in milliseconds, from wanting a call to sending the request that was answered. */
export interface Outcome {
  readonly plan: Plan
  readonly calls: number
  /** What was used of what an oracle would have used. */
  readonly use: number
  readonly refused: number
  /** Of the agents' 99th percentiles: 1 when all waited alike. */
  readonly jain: number
  readonly p50: number
  readonly p99: number
  /** Requests sent while a refusal said to wait. */
  readonly inside: number
  /** The limiter's count of the last hour's points by the simulator's. */
  readonly count: number
}

export const agents = 200
const start = Date.UTC(2026, 0, 1)
const hour = 3_600_000
const [bucketRate, sharedShare] = [100, 10 / 60]

/** 1 when all are the same. */
function jainOf(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0)
  const squares = values.reduce((total, value) => total + value * value, 0)
  return squares === 0 ? 1 : (sum * sum) / (values.length * squares)
}

interface Setting {
  readonly plan: Plan
  readonly world: World
  readonly random: () => number
  readonly simulator: Simulator
  /** The simulator, at a distance of 80 to 120 ms. */
  readonly fetch: typeof globalThis.fetch
  /** Watches over pauses. */
  readonly watch: Hooks
  readonly site: { readonly name: string; readonly cloudId: string }
  /** Keys. */
  readonly issues: readonly string[]
}

/** Lets a plan happen. */
export async function live(plan: Plan): Promise<Outcome> {
  let underWay = 0
  const world = createWorld(start, () => underWay > 0)
  const random = seeded(8)
  const simulator = createSimulator({ now: world.now, limits: { enforce: true } })
  const [site] = simulator.summary().sites
  if (site === undefined) throw new Error('The demo has no site.')
  const tally = { spent: 0, refused: 0, inside: 0 }
  const shut = new Map<string, number>()

  const send: typeof globalThis.fetch = async (input, init) => {
    await world.sleep(40 + 20 * random())
    underWay += 1
    const answer = await simulator.fetch(input, init).finally(() => {
      underWay -= 1
    })
    await world.sleep(40 + 20 * random())
    if (answer.status === 429) tally.refused += 1
    return answer
  }
  const keysOf: (call: Parameters<NonNullable<Hooks['beforeRequest']>>[0]) => readonly string[] = (call) =>
    limitKeysOf(call.operation, call.input, {
      tenant: call.tenant,
      familiesOf: atlassianFamilies,
      ...(plan.work === 'points' && { app: demoApp.clientId }),
    })
  const watch: Hooks = {
    beforeRequest(attempt) {
      if (keysOf(attempt).some((key) => (shut.get(key) ?? 0) > world.now())) tally.inside += 1
    },
    afterResponse({ status, headers, ...attempt }) {
      const pause = readPause(headers, world.now(), { status, attempt: attempt.attempt })
      const key =
        pause &&
        keysOf({ ...attempt, signal: AbortSignal.any([]), deadline: Infinity }).find((each) =>
          each.startsWith(`${pause.scope}:`),
        )
      if (pause && key !== undefined)
        shut.set(key, Math.max(shut.get(key) ?? 0, world.now() + pause.milliseconds))
    },
  }
  const issues = [...(simulator.world.sites.get(site.cloudId)?.jira.issues.values() ?? [])]
    .map(({ key }) => key)
    .filter((key) => key.startsWith('ALPHA-'))
  const setting: Setting = { plan, world, random, simulator, fetch: send, watch, site, issues }
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
  const waits = Array.from({ length: agents }, (_, number): number[] => {
    const mine: number[] = []
    const limiter = limiters[number % limiters.length]
    if (limiter) void agent(setting, { number, limiter, waits: mine })
    return mine
  })
  if (plan.others > 0) void others(setting)
  for (let passed = 1; passed <= Math.ceil(plan.hours); passed += 1) {
    await world.run(start + Math.min(plan.hours, passed) * hour - 1)
    tally.spent += simulator.limits.points().reduce((sum, { spent }) => sum + spent, 0)
  }
  const counted = simulator.limits.points().reduce((sum, { spent }) => sum + spent, 0)
  const [budget] = limiters[0]?.budget(`app:${demoApp.clientId}`) ?? []
  const all = waits.flat()
  const whole = bucketRate * (plan.hours * 3600 * (1 - plan.others * sharedShare) + 1)
  return {
    plan,
    calls: all.length,
    use: plan.work === 'points' ? tally.spent / (pointsPerHour * plan.hours) : all.length / whole,
    refused: tally.refused / (all.length + tally.refused),
    // A millisecond more for each, so that nobody's nothing makes the others' little unfair.
    jain: jainOf(waits.filter((list) => list.length > 0).map((list) => quantile(list, 0.99) + 1)),
    p50: quantile(all, 0.5),
    p99: quantile(all, 0.99),
    inside: tally.inside,
    count: plan.work === 'points' && budget ? (budget.limit - budget.remaining) / counted : NaN,
  }
}

/** One agent, who works for one of the people of the demo. */
async function agent(
  setting: Setting,
  {
    number,
    limiter,
    waits,
  }: { readonly number: number; readonly limiter: Limiter; readonly waits: number[] },
): Promise<void> {
  const { plan, world, random } = setting
  let sent = 0
  const rest = createRest({
    auth: signedIn(setting, ['maya', 'jonas', 'priya', 'grace'][number % 4] ?? 'maya'),
    hooks: [
      limitWith(limiter, {
        person: `agent-${number}`,
        priority: 'interactive',
        now: world.now,
        ...(plan.work === 'points' && { app: demoApp.clientId }),
      }),
      setting.watch,
    ],
    fetch(input, init) {
      sent = world.now()
      return setting.fetch(input, init)
    },
    now: world.now,
    sleep: world.sleep,
    random,
    // Their clocks are those of the machine, and a day passes in minutes.
    timeouts: { attemptMs: hour, totalMs: 2 * hour },
  })
  for (;;) {
    await world.sleep(-Math.log(1 - random()) * plan.thinking)
    const asked = world.now()
    const call = plan.work === 'points' ? pickTask(setting) : listProjects
    for (let done = false; !done;) {
      try {
        await call(rest)
        waits.push(sent - asked)
        done = true
      } catch (error) {
        // A whole hour's pause is not waited for by the client: it says when to come back.
        if (!isAtlassianError(error, 'rate_limited')) throw error
        await world.sleep(error.retryAfterMs ?? 1000)
      }
    }
  }
}

function signedIn({ plan, simulator, site, world }: Setting, person: string): AuthStrategy {
  if (plan.work === 'bucket') {
    const { email = '', apiToken = '' } = simulator.people.find(({ id }) => id === person) ?? {}
    return basicAuth({ site: `https://${site.name}.atlassian.net`, email, apiToken })
  }
  let token = { text: '', until: 0 }
  return oauth({
    cloudId: site.cloudId,
    token() {
      if (world.now() >= token.until)
        token = { text: simulator.tokenFor(person), until: world.now() + hour / 2 }
      return token.text
    },
  })
}

type Task = (rest: Rest) => Promise<unknown>

const listProjects: Task = (rest) => rest.call(searchProjects, { query: { maxResults: 1 } })

/** Of a hundred calls 30 search, 50 read an issue, 12 write to one and 8 add a comment. */
function pickTask({ random, issues }: Setting): Task {
  const [share, issueIdOrKey] = [random(), issues[Math.floor(random() * issues.length)] ?? 'ALPHA-1']
  const text = `Checked, pass ${Math.floor(random() * 1000)}`
  if (share < 0.3) {
    const body = { jql: 'project = ALPHA ORDER BY created DESC', maxResults: 50, fields: ['summary'] }
    return (rest) => rest.call(searchAndReconsileIssuesUsingJqlPost, { body })
  }
  if (share < 0.8)
    return (rest) => rest.call(getIssue, { path: { issueIdOrKey }, query: { fields: ['summary', 'status'] } })
  if (share < 0.92)
    return (rest) => rest.call(editIssue, { path: { issueIdOrKey }, body: { fields: { summary: text } } })
  const content = [{ type: 'paragraph', content: [{ type: 'text', text }] }]
  return (rest) =>
    rest.call(addComment, { path: { issueIdOrKey }, body: { body: { type: 'doc', version: 1, content } } })
}

/** Somebody else's program on the same site, which knows nothing of limits: ten seconds in each minute, evenly. */
async function others(setting: Setting): Promise<void> {
  const { plan, world, simulator } = setting
  const rest = createRest({
    auth: signedIn(setting, 'maya'),
    fetch: simulator.fetch,
    now: world.now,
    sleep: world.sleep,
    timeouts: { attemptMs: hour, longestWaitMs: 0 },
  })
  for (;;) {
    await world.sleep(100)
    if (world.now() % 60_000 >= 10_000) continue
    const calls = Array.from({ length: (bucketRate * plan.others) / 10 }, () => listProjects(rest))
    await Promise.allSettled(calls)
  }
}
