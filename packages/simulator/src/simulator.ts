import { setTimeout } from 'node:timers/promises'

import { createAccess, type Access } from './access.ts'
import { createAdmin } from './admin/admin.ts'
import { createAnswering } from './answering.ts'
import { readCredentials } from './auth/credentials.ts'
import { createScopeBook } from './auth/scopes.ts'
import type { Claim } from './claims/claim.ts'
import { claims } from './claims/claims.ts'
import { type Clock, createClock } from './clock.ts'
import { confluenceHandlers } from './confluence/handlers.ts'
import { type Coverage, coverageOf } from './coverage.ts'
import type { Faults } from './faults/fault.ts'
import { createFaultBook } from './faults/rules.ts'
import type { Wait } from './faults/strike.ts'
import type { Ground } from './ground.ts'
import { jiraHandlers } from './jira/handlers.ts'
import { createMeter, type Meter } from './limits/meter.ts'
import { createLog, type RequestLog } from './log.ts'
import type { SimulatorOptions } from './options.ts'
import { createOrigins } from './origins.ts'
import { createRouter, documents } from './router.ts'
import { plant, type Seed } from './seeds/seeds.ts'
import { serviceHandlers } from './service/handlers.ts'
import { createSnapshots, type Snapshots } from './snapshots.ts'
import { softwareHandlers } from './software/handlers.ts'
import { defaultSwitches, type Switches } from './switches.ts'
import { createLag } from './world/lag.ts'
import type { World } from './world/model.ts'
import { createKeeper } from './world/persist.ts'
import { createRandom, type Sequences } from './world/random.ts'
import { type Watch, watchWorld } from './world/watch.ts'

/** Waits by the clock on the wall; giving up ends the wait too. */
const sleep: Wait = (milliseconds, signal) =>
  setTimeout(milliseconds, undefined, { signal }).catch(() => undefined)

/** How much there is in a world. */
interface Summary {
  readonly sites: readonly {
    readonly name: string
    readonly cloudId: string
    readonly issues: number
    readonly contents: number
  }[]
}

/** A running simulator. */
export interface Simulator extends Access {
  /**
   * Answers a request to any of its origins, and stands in for `fetch`. It follows no redirects. It rejects where a fault
   * says that the connection breaks, and when the request was given up.
   */
  readonly fetch: typeof globalThis.fetch
  /** The state of everything, to be looked into by tests. */
  readonly world: World
  readonly clock: Clock
  readonly faults: Faults
  readonly log: RequestLog
  readonly switches: Switches
  /** What was counted towards Atlassian's limits. */
  readonly limits: Pick<Meter, 'points'>
  /** Each behaviour with its source and the test that holds it. */
  readonly claims: readonly Claim[]
  /** Which operations of the documents are served, and what is claimed of each. */
  readonly coverage: () => Coverage
  /** Back to the beginning, or to another one: the world as it was planted, no faults, an empty log. */
  readonly reset: (seed?: Seed) => Promise<void>
  /** The world as it was at other moments. */
  readonly snapshots: Snapshots
  /** How much there is, without laying hands on it. */
  readonly summary: () => Summary
  /** Answers requests for the administration, below `/_sim`, from this machine. For an address of its own. */
  readonly admin: (request: Request) => Promise<Response>
  /** Saves the world and ends hanging requests. */
  readonly close: () => Promise<void>
}

/**
 * Makes a stand-in for Atlassian Cloud: two products on several sites behind one authorization server, with state.
 *
 * @throws Error when the folder of `data` cannot be read or written, with a sentence that says what to do
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { seed = 'demo', now = Date.now, strict = true, compress = false, data } = options
  const handlers = [...jiraHandlers, ...softwareHandlers, ...serviceHandlers, ...confluenceHandlers]
  const clock = createClock(now)
  const keeper = data === undefined ? undefined : createKeeper(data)
  const switches = defaultSwitches()
  const origins = createOrigins(options.origins, () => [...world.sites.values()].map(({ name }) => name))
  const random = createRandom((): Sequences => world.sequences, options.random)
  const begin = (from: Seed): World => plant(from, { startedAt: clock.now(), origins })
  let world: World = keeper?.load() ?? begin(seed)
  const keeps = keeper !== undefined
  const watched = (): Watch =>
    watchWorld(world, {
      keeps,
      tells: () => switches.indexLag !== undefined,
      onChange: (table, key, before) => lag.note(table, key, before),
    })

  const lag = createLag(clock, { random, times: () => switches.indexLag })
  let watch = watched()
  const ground: Ground = {
    get world() {
      return world
    },
    clock,
    random,
    origins,
    switches,
    lag,
  }
  const scopeBook = createScopeBook(documents.flatMap(({ operations }) => operations))
  const faultBook = createFaultBook(random)
  const log = createLog()
  const meter = createMeter(clock, options.limits)
  const closing = new AbortController()
  const save = async (): Promise<void> => keeper?.save(watch)
  const answer = createAnswering({
    ground,
    scopeBook,
    faultBook,
    log,
    meter,
    strict,
    compress,
    save,
    writing: (work) => watch.writing(work),
    router: createRouter(handlers),
    credentialsOf: (request) => readCredentials(ground, request),
    wait: options.wait ?? sleep,
    closed: closing.signal,
    ...(options.onAnswer && { onAnswer: options.onAnswer }),
  })

  /** Puts another world in the place of this one. */
  const replace = async (other: World): Promise<void> => {
    world = other
    watch = watched()
    lag.clear()
    keeper?.replace()
    await save()
  }
  const access = createAccess(ground, { scopeBook, writing: (work) => watch.writing(work) })
  const simulator: Simulator = {
    get people() {
      return access.people
    },
    tokenFor: access.tokenFor,
    grants: access.grants,
    fetch: (input, init) =>
      answer(input instanceof Request && init === undefined ? input : new Request(input, init)),
    get world() {
      // Whoever has it in hand may change it anywhere, and nobody would know.
      watch.expose()
      return world
    },
    clock,
    log,
    switches,
    claims,
    limits: meter,
    faults: faultBook.faults,
    coverage: () => coverageOf(documents, handlers, claims),
    snapshots: createSnapshots(() => watch, replace),
    admin: (request) => admin(request),
    summary: () => ({
      sites: [...world.sites.values()].map(({ name, cloudId, jira, confluence }) => ({
        name,
        cloudId,
        issues: jira.issues.size,
        contents: confluence.contents.size,
      })),
    }),
    async reset(other = seed) {
      await replace(begin(other))
      faultBook.faults.clear()
      log.clear()
      meter.clear()
      Object.assign(switches, { indexLag: undefined }, defaultSwitches())
    },
    async close() {
      closing.abort()
      await save()
      await keeper?.close()
    },
  }
  const admin = createAdmin(simulator, ground)
  return simulator
}
