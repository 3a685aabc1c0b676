import type { VaultStore } from '../store.ts'

/** One call of a port, to be made on any engine. */
export interface Step {
  readonly title: string
  readonly run: (store: VaultStore) => Promise<unknown>
}

/** The same steps for the same seed: three grants, three owners, a clock that moves on, calls of every operation. */
export function randomSteps(seed: number, count: number): readonly Step[] {
  const random = mulberry(seed)
  const pick = <T>(...from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0]
  let now = Date.UTC(2026, 0, 1)
  return Array.from({ length: count }, (_, index) => {
    now += pick(0, 1, 10_000, 30_000, 31_000)
    const time = now
    const grantId = pick('g1', 'g2', 'g3')
    const fence = { grantId, generation: pick(1, 2, 3, 4), owner: pick('a', 'b', 'c') }
    const tokens = { blob: `blob ${index}`, kid: pick('k1', 'k2'), accessExpiresAt: time + 3_600_000 }
    const at = { createdAt: time, absoluteExpiresAt: time + 9_000_000 }
    const { kid: newKid, blob } = tokens
    const rekeying = { ...fence, oldKid: pick('k1', 'k2'), blob, newKid, now: time }
    const run = pick<Step['run']>(
      (store) => store.putVault({ grantId, ...tokens, ...at }),
      (store) => store.claimRefresh({ ...fence, now: time, until: time + 30_000 }),
      (store) => store.claimRefresh({ ...fence, now: time, until: time + 30_000 }),
      (store) => store.claimRefresh({ ...fence, now: time, until: time + 30_000 }),
      (store) => store.commitRefresh({ ...fence, ...tokens }),
      (store) => store.commitRefresh({ ...fence, ...tokens }),
      (store) => store.releaseRefresh(fence),
      (store) =>
        index % 4 === 0 ? store.markDead({ ...fence, reason: 'dead', now: time }) : store.keysInUse(),
      (store) => store.rekeyVault(rekeying),
      (store) => (index % 4 === 0 ? store.dropVault(grantId) : store.staleRefreshes(time, 10)),
    )
    return {
      title: `step ${index}`,
      run: async (store) => ({
        answer: sorted(await run(store)),
        rows: await store.listVaults({ limit: 10 }),
      }),
    }
  })
}

/** Answers that are sets, in one order. */
const sorted = (answer: unknown): unknown =>
  Array.isArray(answer) ? answer.map((item) => JSON.stringify(item)).toSorted() : answer

/** A small generator of numbers from 0 up to, and without, 1; good enough to choose steps with. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
