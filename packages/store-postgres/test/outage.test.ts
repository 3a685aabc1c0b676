import { Client } from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'

import { freshSchema, isAway, openStore, url } from './postgres.ts'
import { layWire } from './wire.ts'

const row = {
  grantId: 'g',
  blob: 'sealed',
  kid: 'k1',
  accessExpiresAt: 1,
  absoluteExpiresAt: 2,
  createdAt: 0,
}

describe.skipIf(isAway)('a connection', { timeout: 120_000 }, () => {
  it('that is lost makes calls fail with what to do, is made anew, and loses nothing', async () => {
    const wire = await layWire()
    const { promise: lost, resolve } = Promise.withResolvers<string>()
    const { vault } = await openStore({ url: wire.url, observe: ({ type }) => resolve(type) })
    await vault.putVault(row)
    await wire.cut()
    expect(await lost).toBe('disconnected')
    for (let call = 0; call < 3; call += 1) {
      const refused = vault.getVault('g')
      await expect(refused).rejects.toMatchObject({ name: 'PostgresStoreError', code: 'unreachable' })
      await expect(refused).rejects.toThrow(
        /^PostgreSQL at 127\.0\.0\.1:\d+\/\w+ cannot be reached \(.+\)\. Check/,
      )
    }
    await wire.mend()
    expect(await vault.getVault('g')).toMatchObject({ blob: 'sealed' })
  })

  it('that breaks under load loses no call that was answered, and says which are unknown', async () => {
    const wire = await layWire()
    const { vault } = await openStore({ url: wire.url })
    const ids = Array.from({ length: 100 }, (_, index) => `g${index}`)
    const calls = ids.map((grantId) => vault.putVault({ ...row, grantId }))
    await calls[0]
    await wire.cut()
    const outcomes = await Promise.allSettled(calls)
    await wire.mend()
    const kept = await Promise.all(ids.map(async (id) => (await vault.getVault(id)) !== undefined))
    const answered = outcomes.map(({ status }) => status === 'fulfilled')
    expect(answered.filter((isAnswered, index) => isAnswered && !kept[index])).toEqual([])
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(reasons.filter(({ code }) => code !== 'unreachable')).toEqual([])
  })

  it('that falls silent is given up for a new one', async () => {
    const wire = await layWire()
    const { vault } = await openStore({ url: wire.url, timeoutMs: 100 })
    wire.freeze()
    await expect(vault.putVault(row)).rejects.toMatchObject({ code: 'timeout' })
    expect(await vault.putVault(row)).toBe(true)
  })

  it('that is closed answers what is on its way, and nothing after it', async () => {
    const store = await openStore()
    const last = store.vault.putVault(row)
    await store.close()
    await store.close()
    expect(await last).toBe(true)
    await expect(store.vault.getVault('g')).rejects.toMatchObject({ code: 'closed' })
    const tx = { client: { id: 'c', name: 'n', origin: { kind: 'configured' } }, redirectUri: 'u' } as const
    const request = { ...tx, redirectUriAsSent: 'u', challenge: 'c', resource: 'r', scopes: [] }
    const late = store.auth.putTx({ id: 't', request, approveBy: 2, expiresAt: 2 }, { limit: 9, now: 1 })
    await expect(late).rejects.toMatchObject({ code: 'closed' })
  })
})

describe.skipIf(isAway)('a lock that somebody holds', { timeout: 120_000 }, () => {
  it('is waited for no longer than told, and the call then has changed nothing', async () => {
    const schema = freshSchema()
    const { vault } = await openStore({ schema, timeoutMs: 100 })
    await vault.putVault(row)
    const holder = new Client({ connectionString: url })
    await holder.connect()
    onTestFinished(() => holder.end())
    await holder.query(`BEGIN; SELECT FROM "${schema}".vault FOR UPDATE`)
    const claim = { grantId: 'g', generation: 1, owner: 'o', now: 1, until: 2 }
    await expect(vault.claimRefresh(claim)).rejects.toMatchObject({ code: 'timeout' })
    await holder.query('ROLLBACK')
    expect(await vault.getVault('g')).not.toHaveProperty('lease')
    expect(await vault.claimRefresh(claim)).toBe('sealed')
  })
})
