import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createBench, resource, type Bench } from './bench/bench.ts'
import { day, minute, second } from './bench/clock.ts'
import { connect, refreshWith, register, tokensOf, type Registered } from './bench/flow.ts'

/** What is known outside of a family: every refresh token that was handed out, by generation. */
interface World {
  readonly bench: Bench
  readonly client: Registered
  readonly thief: Registered
  /** Distinct refresh tokens, in the order in which they first appeared. */
  readonly tokens: string[]
  readonly access: string[]
  newestUsed: boolean
  rotatedAt: number
  revoked: boolean
}

const start = async (): Promise<World> => {
  const bench = createBench()
  const [client, thief] = [await register(bench), await register(bench)]
  const tokens = await connect(bench, client)
  return {
    bench,
    client,
    thief,
    tokens: [tokens.refresh_token],
    access: [tokens.access_token],
    newestUsed: false,
    rotatedAt: bench.clock.now(),
    revoked: false,
  }
}

type Step = (world: World) => Promise<void>

/** Presents the token so many generations before the newest. */
const present =
  (back: number): Step =>
  async (world) => {
    const { bench, client, tokens } = world
    const token = tokens[tokens.length - 1 - back]
    if (token === undefined) return
    const age = bench.clock.now() - world.rotatedAt
    const honest = back === 1 && (age <= 10 * second || (!world.newestUsed && age <= minute))
    const response = await refreshWith(bench, client, token)
    if (world.revoked || (back > 0 && !honest)) {
      expect(response.status).toBe(400)
      world.revoked = true
      return
    }
    const answer = await tokensOf(response)
    world.access.push(answer.access_token)
    if (back === 1) {
      expect(answer.refresh_token).toBe(tokens.at(-1))
      return
    }
    expect(tokens).not.toContain(answer.refresh_token)
    tokens.push(answer.refresh_token)
    world.newestUsed = false
    world.rotatedAt = bench.clock.now()
  }

const use: Step = async (world) => {
  const verdict = await world.bench.server.verify(world.access.at(-1) ?? '', resource)
  expect(verdict.ok).toBe(!world.revoked)
  world.newestUsed = true
}

const steal: Step = async ({ bench, thief, tokens }) => {
  for (const token of tokens.slice(-2)) {
    // 401 once the thief's own registration has lapsed.
    expect([400, 401]).toContain((await refreshWith(bench, thief, token)).status)
    await bench.post('/revoke', { token, client_id: thief.client_id })
  }
}

const revoke: Step = async (world) => {
  const { bench, client, tokens } = world
  await bench.post('/revoke', { token: tokens.at(-1) ?? '', client_id: client.client_id })
  world.revoked = true
}

const wait =
  (milliseconds: number): Step =>
  async ({ bench }) =>
    bench.clock.pass(milliseconds)

const sweep: Step = async ({ bench }) => bench.server.sweep()

/** A day would outlive the access token; between two uses there is always a fresh one in this list of steps. */
const refreshAfterDays: Step = async (world) => {
  world.bench.clock.pass(3 * day)
  await present(0)(world)
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ name: 'rotate', run: present(0) }) },
  { weight: 4, arbitrary: fc.constant({ name: 'repeat', run: present(1) }) },
  { weight: 1, arbitrary: fc.constant({ name: 'replay', run: present(2) }) },
  { weight: 3, arbitrary: fc.constant({ name: 'use', run: use }) },
  { weight: 2, arbitrary: fc.constant({ name: 'steal', run: steal }) },
  { weight: 1, arbitrary: fc.constant({ name: 'revoke', run: revoke }) },
  { weight: 2, arbitrary: fc.constant({ name: 'wait 9 s', run: wait(9 * second) }) },
  { weight: 2, arbitrary: fc.constant({ name: 'wait 40 s', run: wait(40 * second) }) },
  { weight: 1, arbitrary: fc.constant({ name: 'sweep', run: sweep }) },
  { weight: 1, arbitrary: fc.constant({ name: 'days later', run: refreshAfterDays }) },
)

describe('P02 a family of refresh tokens', () => {
  it('has one successor a generation, answers no replay, and stays dead once it is revoked, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(step, { maxLength: 25 })
          .map((steps) => ({ steps, toString: () => steps.map(({ name }) => name).join(', ') })),
        async ({ steps }) => {
          const world = await start()
          let generation = 0
          for (const { run } of steps) {
            await run(world)
            const family = await world.bench.store.readFamily(world.tokens[0]?.split('.')[1] ?? '')
            expect(family?.family.generation ?? generation).toBeGreaterThanOrEqual(generation)
            generation = family?.family.generation ?? generation
            expect(generation).toBe(world.tokens.length - 1)
          }
          if (!world.revoked) return
          for (const token of world.tokens.slice(-2))
            expect((await refreshWith(world.bench, world.client, token)).status).toBe(400)
          for (const token of world.access)
            expect((await world.bench.server.verify(token, resource)).ok).toBe(false)
          expect(world.bench.upstream.kept.size).toBe(0)
        },
      ),
      { numRuns: 60 },
    )
  })
})
