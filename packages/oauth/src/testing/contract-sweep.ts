import { expect, it } from 'vitest'

import type { AuthStore, SweepKind } from '../store.ts'
import { opened } from './opened.ts'
import {
  accessRecord,
  clientRecord,
  givenFamily,
  givenGrant,
  loginRecord,
  pendingRecord,
  start,
  txRecord,
  unique,
} from './records.ts'
import type { OpenAuthStore } from './store-contract.ts'

const day = 86_400_000
const limit = 1_000_000

type Case = readonly [
  kind: SweepKind,
  /** Brings in a row that ends at that instant and says how to find out whether it is there, at `start`. */
  put: (store: AuthStore, end: number) => Promise<() => Promise<unknown>>,
]

const cases: readonly Case[] = [
  [
    'tx',
    async (store, expiresAt) => {
      const tx = txRecord({ expiresAt })
      await store.putTx(tx, { limit, now: start })
      return () => store.getTx(tx.id, start)
    },
  ],
  [
    'login',
    async (store, expiresAt) => {
      const login = loginRecord({ expiresAt })
      await store.putLogin(login)
      return () => store.takeState(login.stateHash, start)
    },
  ],
  [
    'pending',
    async (store, expiresAt) => {
      const pending = pendingRecord({ expiresAt })
      await store.putPending(pending)
      return () => store.getPending(pending.id, start)
    },
  ],
  [
    'access',
    async (store, expiresAt) => {
      const { grant } = await givenFamily(store)
      const access = accessRecord(grant, { expiresAt })
      await store.putAccess(access)
      return () => store.readAccess(access.hash, start)
    },
  ],
  [
    'family',
    async (store, expiresAt) => {
      const { family } = await givenFamily(store, { family: { expiresAt } })
      return () => store.readFamily(family.id)
    },
  ],
  [
    'client',
    async (store, expiresAt) => {
      const client = clientRecord({ expiresAt })
      await store.putClient(client, { limit, now: start })
      return () => store.getClient(client.id, start)
    },
  ],
  [
    'cimd',
    async (store, expiresAt) => {
      const url = `https://client.example/${unique('document')}`
      await store.putCimd({
        url,
        metadata: clientRecord().metadata,
        fetchedAt: start,
        freshUntil: start + 10,
        expiresAt,
      })
      return () => store.getCimd(url, start)
    },
  ],
]

/** What `sweep` removes and what it leaves. */
export function sweepContract(open: OpenAuthStore): void {
  it.each(cases)('removes what has ended of the kind %s, and nothing else', async (kind, put) => {
    const store = await opened(open)
    const ended = await put(store, start + 1000)
    const live = await put(store, start + 1001)
    expect(await store.sweep(kind, start + 1000, limit)).toBeGreaterThanOrEqual(1)
    expect(await ended()).toBeUndefined()
    expect(await live()).toBeDefined()
  })

  it('removes at most as many as it is told', async () => {
    const store = await opened(open)
    for (const _ of [1, 2, 3]) await store.putLogin(loginRecord({ expiresAt: start + 1000 }))
    expect(await store.sweep('login', start + 1000, 2)).toBe(2)
    expect(await store.sweep('login', start + 1000, limit)).toBeGreaterThanOrEqual(1)
    expect(await store.sweep('login', start + 1000, limit)).toBe(0)
  })

  it('removes a code only after it has expired, consumed or not', async () => {
    const store = await opened(open)
    const { code } = await givenFamily(store)
    await store.sweep('code', code.expiresAt - 1, limit)
    expect(await store.readCode(code.hash)).toBeDefined()
    await store.sweep('code', code.expiresAt, limit)
    expect(await store.readCode(code.hash)).toBeUndefined()
  })

  it('lets an assertion id be shown again once it has been swept', async () => {
    const store = await opened(open)
    const jti = { clientId: 'a', hash: unique('jti'), expiresAt: start + 1000, now: start }
    await store.rememberJti(jti)
    await store.sweep('jti', start + 999, limit)
    expect(await store.rememberJti(jti)).toBe(false)
    await store.sweep('jti', start + 1000, limit)
    expect(await store.rememberJti(jti)).toBe(true)
  })

  it('removes full buckets only', async () => {
    const store = await opened(open)
    const bucket = unique('bucket')
    const rule = { capacity: 1, everyMs: 1000 }
    await store.takeToken(bucket, rule, start)
    await store.sweep('bucket', start + 999, limit)
    expect(await store.takeToken(bucket, rule, start + 999)).toEqual({ ok: false, retryAfterMs: 1 })
    await store.sweep('bucket', start + 1000, limit)
    expect(await store.takeToken(bucket, rule, start + 1000)).toEqual({ ok: true })
  })

  it('keeps a tombstone until it is forgotten and its time is over', async () => {
    const store = await opened(open)
    const keepUntil = start + 30 * day
    const [live, fresh, unforgotten, over] = [
      await givenFamily(store),
      await givenFamily(store),
      await givenFamily(store),
      await givenFamily(store),
    ].map(({ grant }) => grant.id)
    if (!live || !fresh || !unforgotten || !over) throw new Error('four grants were made')
    await store.revokeGrant(fresh, { reason: 'client', now: start, keepUntil: keepUntil + 1 })
    await store.revokeGrant(unforgotten, { reason: 'client', now: start, keepUntil })
    await store.revokeGrant(over, { reason: 'client', now: start, keepUntil })
    for (const id of [fresh, over]) await store.markForgotten(id)
    await store.sweep('grant', keepUntil, limit)
    expect(await store.getGrant(over)).toBeUndefined()
    for (const id of [live, fresh, unforgotten]) expect(await store.getGrant(id)).toBeDefined()
  })

  it('removes the tombstones of a person at once who is to be forgotten, and nobody else’s', async () => {
    const store = await opened(open)
    const keepUntil = start + 30 * day
    const [subject, other] = [unique('person'), unique('person')]
    const end = async (whose: string, { forgotten }: { readonly forgotten: boolean }): Promise<string> => {
      const { id } = (await givenGrant(store, { grant: { subject: whose } })).grant
      await store.revokeGrant(id, { reason: 'person', now: start, keepUntil })
      if (forgotten) await store.markForgotten(id)
      return id
    }
    const live = (await givenGrant(store, { grant: { subject } })).grant.id
    const over = await end(subject, { forgotten: true })
    const late = await end(subject, { forgotten: false })
    const foreign = await end(other, { forgotten: true })
    await store.forgetSubject(subject, start + 1000)
    await store.sweep('grant', start + 1000, limit)
    expect(await store.getGrant(over)).toBeUndefined()
    for (const id of [live, late, foreign]) expect(await store.getGrant(id)).toBeDefined()
    await store.markForgotten(late)
    await store.sweep('grant', start + 1000, limit)
    expect(await store.getGrant(late)).toBeUndefined()
  })
}
