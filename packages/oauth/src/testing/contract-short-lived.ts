import { expect, it } from 'vitest'

import { opened } from './opened.ts'
import { clientRecord, loginRecord, pendingRecord, start, txRecord, unique } from './records.ts'
import type { OpenAuthStore } from './store-contract.ts'

/** Transactions, logins, pending choices, clients, documents, assertion ids, buckets. */
export function shortLivedContract(open: OpenAuthStore): void {
  it('gives a transaction back as it was, until it expires', async () => {
    const store = await opened(open)
    const tx = txRecord()
    expect(await store.putTx(tx, { limit: 1_000_000, now: start })).toBe(true)
    expect(await store.getTx(tx.id, start)).toEqual(tx)
    expect(await store.getTx(tx.id, tx.expiresAt - 1)).toEqual(tx)
    expect(await store.getTx(tx.id, tx.expiresAt)).toBeUndefined()
    expect(await store.getTx(unique('tx'), start)).toBeUndefined()
  })

  it('keeps an absent state absent', async () => {
    const store = await opened(open)
    const { state: _, ...request } = txRecord().request
    const tx = txRecord({ request })
    await store.putTx(tx, { limit: 1_000_000, now: start })
    expect(await store.getTx(tx.id, start)).toStrictEqual(tx)
  })

  it('drops a transaction once', async () => {
    const store = await opened(open)
    const tx = txRecord()
    await store.putTx(tx, { limit: 1_000_000, now: start })
    expect(await store.dropTx(tx.id)).toBe(true)
    expect(await store.dropTx(tx.id)).toBe(false)
    expect(await store.getTx(tx.id, start)).toBeUndefined()
  })

  it('refuses a transaction beyond the limit, and counts only those that have not expired', async () => {
    const store = await opened(open)
    // Later than all other tests, so that their rows do not count.
    const now = start + 400 * 86_400_000
    const fresh = (life: number) => txRecord({ approveBy: now + life, expiresAt: now + life })
    expect(await store.putTx(fresh(10), { limit: 2, now })).toBe(true)
    expect(await store.putTx(fresh(20), { limit: 2, now })).toBe(true)
    const third = fresh(30)
    expect(await store.putTx(third, { limit: 2, now })).toBe(false)
    expect(await store.getTx(third.id, now)).toBeUndefined()
    expect(await store.putTx(third, { limit: 2, now: now + 10 })).toBe(true)
  })

  it('hands a state over once', async () => {
    const store = await opened(open)
    const login = loginRecord()
    await store.putLogin(login)
    expect(await store.takeState(login.stateHash, start)).toEqual(login)
    expect(await store.takeState(login.stateHash, start)).toBeUndefined()
  })

  it('burns an expired state without handing it over', async () => {
    const store = await opened(open)
    const login = loginRecord()
    await store.putLogin(login)
    expect(await store.takeState(login.stateHash, login.expiresAt)).toBeUndefined()
    expect(await store.takeState(login.stateHash, start)).toBeUndefined()
  })

  it('keeps an absent memo absent', async () => {
    const store = await opened(open)
    const { memo: _, ...login } = loginRecord()
    await store.putLogin(login)
    expect(await store.takeState(login.stateHash, start)).toStrictEqual(login)
  })

  it('hands a pending choice over once, and to its own browser only', async () => {
    const store = await opened(open)
    const pending = pendingRecord()
    await store.putPending(pending)
    expect(await store.getPending(pending.id, start)).toEqual(pending)
    expect(await store.takePending(pending.id, 'another browser', start)).toBeUndefined()
    expect(await store.takePending(pending.id, 'browser', start)).toEqual(pending)
    expect(await store.takePending(pending.id, 'browser', start)).toBeUndefined()
    expect(await store.getPending(pending.id, start)).toBeUndefined()
  })

  it('lets a pending choice expire', async () => {
    const store = await opened(open)
    const pending = pendingRecord()
    await store.putPending(pending)
    expect(await store.getPending(pending.id, pending.expiresAt)).toBeUndefined()
    expect(await store.takePending(pending.id, 'browser', pending.expiresAt)).toBeUndefined()
  })

  it('gives a client back as it was, until it expires', async () => {
    const store = await opened(open)
    const client = clientRecord({ secretHash: 'hash' })
    expect(await store.putClient(client, { limit: 1_000_000, now: start })).toBe(true)
    expect(await store.getClient(client.id, start)).toStrictEqual(client)
    expect(await store.getClient(client.id, client.expiresAt)).toBeUndefined()
  })

  it('moves the expiry of a client that is used, and knows nothing of one that is not there', async () => {
    const store = await opened(open)
    const client = clientRecord()
    await store.putClient(client, { limit: 1_000_000, now: start })
    await store.touchClient(client.id, { now: start + 5, expiresAt: start + 90 * 86_400_000 })
    expect(await store.getClient(client.id, client.expiresAt)).toEqual({
      ...client,
      lastUsedAt: start + 5,
      expiresAt: start + 90 * 86_400_000,
    })
    const absent = unique('client')
    await store.touchClient(absent, { now: start, expiresAt: start + 1000 })
    expect(await store.getClient(absent, start)).toBeUndefined()
  })

  it('refuses a client beyond the limit', async () => {
    const store = await opened(open)
    const now = start + 400 * 86_400_000
    expect(await store.putClient(clientRecord({ expiresAt: now + 10 }), { limit: 1, now })).toBe(true)
    const second = clientRecord({ expiresAt: now + 20 })
    expect(await store.putClient(second, { limit: 1, now })).toBe(false)
    expect(await store.putClient(second, { limit: 1, now: now + 10 })).toBe(true)
  })

  it('keeps the newest of a client metadata document, until it expires', async () => {
    const store = await opened(open)
    const url = `https://client.example/${unique('document')}`
    const { metadata } = clientRecord()
    await store.putCimd({
      url,
      metadata,
      fetchedAt: start,
      freshUntil: start + 10,
      expiresAt: start + 60_000,
    })
    const newer = {
      url,
      metadata: { ...metadata, name: 'Renamed' },
      fetchedAt: start + 1,
      freshUntil: start + 11,
      expiresAt: start + 70_000,
    }
    await store.putCimd(newer)
    expect(await store.getCimd(url, start + 60_000)).toEqual(newer)
    expect(await store.getCimd(url, start + 70_000)).toBeUndefined()
  })

  it('remembers an assertion id per client, until it expires', async () => {
    const store = await opened(open)
    const hash = unique('jti')
    const jti = { clientId: 'a', hash, expiresAt: start + 1000, now: start }
    expect(await store.rememberJti(jti)).toBe(true)
    expect(await store.rememberJti({ ...jti, now: start + 999 })).toBe(false)
    expect(await store.rememberJti({ ...jti, clientId: 'b' })).toBe(true)
    expect(await store.rememberJti({ ...jti, now: start + 1000, expiresAt: start + 2000 })).toBe(true)
  })

  it('gives as many tokens as a bucket holds, and then one each interval', async () => {
    const store = await opened(open)
    const bucket = unique('bucket')
    const rule = { capacity: 3, everyMs: 1000 }
    for (const _ of [1, 2, 3]) expect(await store.takeToken(bucket, rule, start)).toEqual({ ok: true })
    expect(await store.takeToken(bucket, rule, start)).toEqual({ ok: false, retryAfterMs: 1000 })
    expect(await store.takeToken(bucket, rule, start + 400)).toEqual({ ok: false, retryAfterMs: 600 })
    expect(await store.takeToken(bucket, rule, start + 1000)).toEqual({ ok: true })
    expect(await store.takeToken(bucket, rule, start + 1000)).toEqual({ ok: false, retryAfterMs: 1000 })
    expect(await store.takeToken(unique('bucket'), rule, start)).toEqual({ ok: true })
  })
}
