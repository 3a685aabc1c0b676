import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createMemoryVaultStore, type VaultStore } from '../src/index.ts'
import { createSignedInWorld, hour, minute, second } from './world.ts'

interface Step {
  readonly kind: 'claim' | 'commit' | 'release' | 'markDead' | 'lapse'
  readonly owner: string
  readonly generation: number
}

/** What a lease is, in a few words: who holds it and until when. */
interface Lease {
  readonly now: number
  readonly generation: number
  readonly isDead: boolean
  readonly holder?: string
  readonly until: number
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('claim', 'claim', 'commit', 'release', 'markDead', 'lapse'),
    owner: fc.constantFrom('a', 'b', 'c'),
    generation: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 40 },
)

/** The lease after a step, or nothing when the step has to be refused. */
function after(lease: Lease, { kind, owner, generation }: Step): Lease | undefined {
  const { now, isDead, holder, until } = lease
  const fits = !isDead && generation === lease.generation
  const free = { now, generation: lease.generation, isDead, until: -1 }
  if (kind === 'lapse') return { ...lease, now: now + 31 }
  if (kind === 'claim') return fits && until < now ? { ...lease, holder: owner, until: now + 30 } : undefined
  if (!fits || owner !== holder) return undefined
  if (kind === 'commit') return { ...free, generation: generation + 1 }
  return { ...free, isDead: kind === 'markDead' }
}

function perform(store: VaultStore, now: number, { kind, ...fence }: Step): Promise<boolean> {
  const call = { grantId: 'g', ...fence }
  const acts: Readonly<Record<Step['kind'], () => Promise<boolean>>> = {
    claim: async () => (await store.claimRefresh({ ...call, now, until: now + 30 })) !== undefined,
    commit: () => store.commitRefresh({ ...call, blob: 'x', kid: 'k', accessExpiresAt: 9 }),
    release: () => store.releaseRefresh(call),
    markDead: () => store.markDead({ ...call, reason: 'r', now }),
    lapse: async () => true,
  }
  return acts[kind]()
}

describe('P07 the lease, under any interleaving of three owners', () => {
  it('commits a generation once at most, for its holder only, and lets nobody else change anything', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const store = createMemoryVaultStore()
        const times = { accessExpiresAt: 9, absoluteExpiresAt: 9, createdAt: 0 }
        await store.putVault({ grantId: 'g', blob: '1', kid: 'k', ...times })
        let lease: Lease = { now: 0, generation: 1, isDead: false, until: -1 }
        for (const step of taken) {
          const next = after(lease, step)
          const done = await perform(store, lease.now, step)
          lease = next ?? lease
          const row = await store.getVault('g')
          const { generation, isDead, holder } = lease
          expect({
            done,
            generation: row?.generation,
            isDead: row?.state === 'dead',
            holder: row?.state === 'live' ? row.lease?.owner : undefined,
          }).toEqual({ done: next !== undefined, generation, isDead, holder })
        }
      }),
    )
  })
})

describe('the whole of refreshing, under crashes and outages', () => {
  const event = fc.record({
    fault: fc.constantFrom(undefined, undefined, 'lost', 'bad_gateway', 'access_denied', 'rate_limited'),
    instance: fc.nat(2),
    isKilled: fc.boolean(),
  } as const)

  it('loses no connection, whatever happens, while a sweep comes by every minute', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
        const world = await createSignedInWorld()
        const instances = [0, 1, 2].map(() => world.instance())
        let stuck = 0
        for (const { fault, instance, isKilled } of events) {
          world.clock.turn(hour)
          if (fault !== undefined) world.upstream.next(fault)
          const vault = isKilled
            ? world.instance({ sleep: () => new Promise(() => {}) })
            : (instances[instance] ?? world.vault)
          const call = vault.token('g1').then(
            () => 'served',
            () => 'refused',
          )
          if (fault === 'lost') {
            await world.upstream.stuck((stuck += 1))
            // The killed one never hears of anything again; the others give up after their ten seconds.
            if (!isKilled) world.clock.turn(10 * second)
          }
          if (fault !== 'lost' || !isKilled) await call
          for (let minutes = 0; minutes < 3; minutes += 1) {
            world.clock.turn(minute)
            await world.vault.sweep()
          }
          expect(await world.vault.token('g1')).toMatch(/^at-/)
        }
        expect(world.upstream.statistics()).toMatchObject({ deadFamilies: 0 })
        expect(world.events.some(({ type }) => type === 'connection_dead')).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})
