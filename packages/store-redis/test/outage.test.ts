import { describe, expect, it } from 'vitest'

import type { RedisStoreEvent } from '../src/index.ts'
import { layWire } from './proxy.ts'
import { isAway, openStore } from './redis.ts'

const row = {
  grantId: 'g',
  blob: 'sealed',
  kid: 'k1',
  accessExpiresAt: 1,
  absoluteExpiresAt: 2,
  createdAt: 0,
}

/** Events as they come, and a way to wait for one. */
function createWatch() {
  const seen: RedisStoreEvent['type'][] = []
  const waiting = new Map<string, () => void>()
  return {
    seen,
    observe: (event: RedisStoreEvent): void => {
      if (event.type !== 'warning') seen.push(event.type)
      waiting.get(event.type)?.()
    },
    next: (type: RedisStoreEvent['type']) =>
      new Promise<void>((resolve) => {
        waiting.set(type, resolve)
      }),
  }
}

describe.skipIf(isAway)('a connection', { timeout: 120_000 }, () => {
  it('that is lost makes calls fail at once, comes back by itself, and loses nothing', async () => {
    const wire = await layWire()
    const watch = createWatch()
    const { vault } = await openStore({ url: wire.url, observe: watch.observe })
    await vault.putVault(row)
    const lost = watch.next('disconnected')
    await wire.cut()
    await lost
    for (let call = 0; call < 3; call += 1) {
      const refused = vault.getVault('g')
      await expect(refused).rejects.toMatchObject({ name: 'RedisStoreError', code: 'unreachable' })
      await expect(refused).rejects.toThrow(/^Redis at 127\.0\.0\.1:\d+ cannot be reached \(.+\)\. Check/)
    }
    const back = watch.next('connected')
    await wire.mend()
    await back
    expect(await vault.getVault('g')).toMatchObject({ blob: 'sealed' })
    expect(watch.seen).toEqual(['disconnected', 'connected'])
  })

  it('that breaks under load loses no call that was answered, and says which are unknown', async () => {
    const wire = await layWire()
    const watch = createWatch()
    const { vault } = await openStore({ url: wire.url, observe: watch.observe })
    const ids = Array.from({ length: 200 }, (_, index) => `g${index}`)
    const calls = ids.map((grantId) => vault.putVault({ ...row, grantId }))
    await calls[0]
    const back = watch.next('connected')
    await wire.cut()
    const outcomes = await Promise.allSettled(calls)
    await wire.mend()
    await back
    const kept = await Promise.all(ids.map(async (id) => (await vault.getVault(id)) !== undefined))
    const answered = outcomes.map(({ status }) => status === 'fulfilled')
    expect(answered.filter((isAnswered, index) => isAnswered && !kept[index])).toEqual([])
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(reasons.filter(({ code }) => code !== 'unreachable')).toEqual([])
  })

  it('that falls silent is given up for a new one', async () => {
    const wire = await layWire()
    const watch = createWatch()
    const { vault } = await openStore({ url: wire.url, observe: watch.observe, timeoutMs: 500 })
    wire.freeze()
    const back = watch.next('connected')
    await expect(vault.putVault(row)).rejects.toMatchObject({ code: 'timeout' })
    await back
    expect(await vault.putVault(row)).toBe(true)
    expect(watch.seen).toEqual(['disconnected', 'connected'])
  })

  it('that is closed answers what is on its way, and nothing after it', async () => {
    const store = await openStore()
    const last = store.vault.putVault(row)
    await store.close()
    await store.close()
    expect(await last).toBe(true)
    await expect(store.vault.getVault('g')).rejects.toMatchObject({ code: 'closed' })
  })

  it('that is closed while it is lost stays closed', async () => {
    const wire = await layWire()
    const watch = createWatch()
    const store = await openStore({ url: wire.url, observe: watch.observe })
    const lost = watch.next('disconnected')
    await wire.cut()
    await lost
    await store.close()
    await wire.mend()
    await expect(store.vault.getVault('g')).rejects.toMatchObject({ code: 'closed' })
    expect(watch.seen).toEqual(['disconnected'])
  })
})
