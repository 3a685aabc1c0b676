import { createAccess, type Access } from './access.ts'
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
import type { Ground } from './ground.ts'
import { jiraHandlers } from './jira/handlers.ts'
import { createMeter } from './limits/meter.ts'
import { createLog, type RequestLog } from './log.ts'
import type { SimulatorOptions } from './options.ts'
import { createOrigins } from './origins.ts'
import { createRouter, documents } from './router.ts'
import { plant } from './seeds/seeds.ts'
import { serviceHandlers } from './service/handlers.ts'
import { softwareHandlers } from './software/handlers.ts'
import { defaultSwitches, type Switches } from './switches.ts'
import type { World } from './world/model.ts'
import { createKeeper } from './world/persist.ts'
import { createRandom, type Sequences } from './world/random.ts'

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
  /** Each behaviour with its source and the test that holds it. */
  readonly claims: readonly Claim[]
  /** Which operations of the documents are served, and what is claimed of each. */
  readonly coverage: () => Coverage
  /** Back to the beginning: the world as it was planted, no faults, an empty log. */
  readonly reset: () => Promise<void>
  /** Saves the world and ends hanging requests. */
  readonly close: () => Promise<void>
}

/**
 * Makes a stand-in for Atlassian Cloud: two products on several sites behind one authorization server, with state.
 *
 * @throws Error when the folder of `data` cannot be read or written, with a sentence that says what to do
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { seed = 'demo', now = Date.now, strict = true, data } = options
  const handlers = [...jiraHandlers, ...softwareHandlers, ...serviceHandlers, ...confluenceHandlers]
  const clock = createClock(now)
  const keeper = data === undefined ? undefined : createKeeper(data)
  const switches = defaultSwitches()
  const origins = createOrigins(options.origins, () => [...world.sites.values()].map(({ name }) => name))
  const random = createRandom((): Sequences => world.sequences, options.random)
  const begin = (): World => plant(seed, { startedAt: clock.now(), origins })
  let world: World = keeper?.load() ?? begin()

  const ground: Ground = {
    get world() {
      return world
    },
    clock,
    random,
    origins,
    switches,
  }
  const scopeBook = createScopeBook(documents.flatMap(({ operations }) => operations))
  const faultBook = createFaultBook(random)
  const log = createLog()
  const meter = createMeter(clock, options.limits)
  const closing = new AbortController()
  const save = async (): Promise<void> => keeper?.save(world)
  const answer = createAnswering({
    ground,
    scopeBook,
    faultBook,
    log,
    meter,
    strict,
    save,
    router: createRouter(handlers),
    credentialsOf: (request) => readCredentials(ground, request),
    closed: closing.signal,
    ...(options.onAnswer && { onAnswer: options.onAnswer }),
  })

  return {
    ...createAccess(ground, scopeBook),
    fetch: (input, init) =>
      answer(input instanceof Request && init === undefined ? input : new Request(input, init)),
    get world() {
      return world
    },
    clock,
    log,
    switches,
    claims,
    faults: faultBook.faults,
    coverage: () => coverageOf(documents, handlers, claims),
    async reset() {
      world = begin()
      faultBook.faults.clear()
      log.clear()
      meter.clear()
      Object.assign(switches, defaultSwitches())
      await save()
    },
    async close() {
      closing.abort()
      await save()
    },
  }
}
