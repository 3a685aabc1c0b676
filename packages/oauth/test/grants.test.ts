import { describe, expect, it } from 'vitest'

import { createMemoryAuthStore, type AuthStore } from '../src/index.ts'
import { createBench, resource, type Bench } from './bench/bench.ts'
import { day, hour, minute } from './bench/clock.ts'
import { connect, openConsent, redirectUri, refreshWith, register, signIn } from './bench/flow.ts'

describe('the grants of a person', () => {
  it('are listed, newest first, without anything secret', async () => {
    const bench = createBench()
    const client = await register(bench)
    await connect(bench, client)
    bench.clock.pass(minute)
    await connect(bench, client, { change: { scope: 'jira:read' } })
    const grants = await bench.server.grants.list('person-ada')
    expect(grants.map(({ scopes }) => scopes.length)).toEqual([1, 4])
    expect(grants[0]).toEqual({
      grantId: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      clientId: client.client_id,
      clientName: 'A test client',
      resource,
      scopes: ['jira:read'],
      choices: ['site-one'],
      createdAt: bench.clock.now(),
      lastUsedAt: bench.clock.now(),
      expiresAt: bench.clock.now() + 30 * day,
    })
    expect(await bench.server.grants.list('somebody')).toEqual([])
  })

  it('say when they were last used', async () => {
    const bench = createBench()
    const tokens = await connect(bench, await register(bench))
    bench.clock.pass(5 * minute)
    await bench.server.verify(tokens.access_token, resource)
    const [grant] = await bench.server.grants.list('person-ada')
    expect(grant?.lastUsedAt).toBe(bench.clock.now())
  })

  it('can be ended, with tokens and connection, once', async () => {
    const bench = createBench()
    const client = await register(bench)
    const tokens = await connect(bench, client)
    const [grant] = await bench.server.grants.list('person-ada')
    const id = grant?.grantId ?? ''
    expect(await bench.server.grants.revoke(id, 'person')).toBe(true)
    expect(await bench.server.grants.revoke(id, 'person')).toBe(false)
    expect(await bench.server.grants.revoke('unknown', 'person')).toBe(false)
    expect((await bench.server.verify(tokens.access_token, resource)).ok).toBe(false)
    expect((await refreshWith(bench, client, tokens.refresh_token)).status).toBe(400)
    expect(bench.upstream.forgotten).toEqual([{ grantId: id, reason: 'person' }])
    expect(bench.events).toContainEqual({ type: 'grant_revoked', grantId: id, reason: 'person' })
  })
})

describe('sweeping', () => {
  it('ends a grant whose code was never redeemed', async () => {
    const bench = createBench()
    await signIn(bench, await register(bench))
    await bench.server.sweep()
    expect(bench.upstream.kept.size).toBe(1)
    bench.clock.pass(11 * minute + 1)
    await bench.server.sweep()
    expect(bench.upstream.kept.size).toBe(0)
    expect(bench.upstream.forgotten.map(({ reason }) => reason)).toEqual(['expired'])
  })

  it('ends a grant that was not used for thirty days, and leaves one that was', async () => {
    const bench = createBench()
    const client = await register(bench)
    await connect(bench, client)
    const used = await connect(bench, client)
    bench.clock.pass(29 * day)
    await refreshWith(bench, client, used.refresh_token)
    bench.clock.pass(day + hour)
    await bench.server.sweep()
    expect(await bench.server.grants.list('person-ada')).toHaveLength(1)
    expect(bench.upstream.kept.size).toBe(1)
  })

  it('repeats what could not be forgotten', async () => {
    const bench = createBench()
    await connect(bench, await register(bench))
    const [grant] = await bench.server.grants.list('person-ada')
    bench.upstream.faults.forget = new Error('vault away')
    expect(await bench.server.grants.revoke(grant?.grantId ?? '', 'person')).toBe(true)
    await bench.server.sweep()
    expect(bench.upstream.kept.size).toBe(1)
    delete bench.upstream.faults.forget
    await bench.server.sweep()
    expect(bench.upstream.kept.size).toBe(0)
    await bench.server.sweep()
    expect(bench.upstream.forgotten).toHaveLength(1)
  })

  it('stops when it is told to', async () => {
    const bench = createBench()
    bench.calls.clear()
    await bench.server.sweep({ signal: AbortSignal.abort() })
    expect([...bench.calls.keys()]).toEqual([])
  })

  it('leaves nothing of a whole life in the store, after its time', async () => {
    const bench = createBench()
    const client = await register(bench)
    const tokens = await connect(bench, client)
    await bench.post('/revoke', { token: tokens.refresh_token, client_id: client.client_id })
    bench.clock.pass(400 * day)
    await bench.server.sweep()
    const grantId = bench.upstream.forgotten[0]?.grantId ?? ''
    expect(await bench.store.getGrant(grantId)).toBeUndefined()
    expect(await bench.store.readFamily(tokens.refresh_token.split('.')[1] ?? '')).toBeUndefined()
    expect(await bench.store.getClient(client.client_id, 0)).toBeUndefined()
  })
})

/** A store that answers no call after the n-th: the process is gone. */
function dying(store: AuthStore, after: number): AuthStore {
  let calls = 0
  return new Proxy(store, {
    get(target, name, receiver) {
      calls += 1
      if (calls > after) return () => Promise.reject(new Error('the process is gone'))
      const operation: unknown = Reflect.get(target, name, receiver)
      return operation
    },
  })
}

const alive = async (bench: Bench, token: string) => (await bench.server.verify(token, resource)).ok

describe('T53 a process that dies', () => {
  it.each(Array.from({ length: 8 }, (_, after) => after))(
    'after %i calls of the callback leaves no orphan, and another attempt works',
    async (after) => {
      const store = createMemoryAuthStore()
      const bench = createBench({ store })
      const client = await register(bench)
      const { browser, page } = await openConsent(bench, client)
      const approve = { access: 'write', decision: 'approve' }
      const { url } = await browser.submit(page, approve, { stopAt: ['https://mcp.example.com/callback'] })
      const doomed = createBench({
        store: dying(store, after),
        now: bench.clock.now,
        signIn: bench.upstream.signIn,
      })
      const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
      await doomed.send(new Request(url, { headers: { cookie } }))
      bench.clock.pass(30 * minute)
      await bench.server.sweep()
      await bench.server.sweep()
      expect(bench.upstream.kept.size).toBe(0)
      expect(await bench.server.grants.list('person-ada')).toEqual([])
      expect(await alive(bench, (await connect(bench, client)).access_token)).toBe(true)
    },
  )

  it.each([0, 1, 2, 3, 4])('after %i calls of a refresh signs nobody out', async (after) => {
    const store = createMemoryAuthStore()
    const bench = createBench({ store })
    const client = await register(bench)
    const tokens = await connect(bench, client)
    const doomed = createBench({ store: dying(store, after), now: bench.clock.now })
    await refreshWith(doomed, client, tokens.refresh_token)
    const again = await refreshWith(bench, client, tokens.refresh_token)
    expect(again.status).toBe(200)
  })
})

describe('T50 T51 secrets', () => {
  it('are in no event and in no row', async () => {
    const rows: string[] = []
    const memory = createMemoryAuthStore()
    const recording = new Proxy(memory, {
      get(target, name, receiver) {
        const operation: unknown = Reflect.get(target, name, receiver)
        if (typeof operation !== 'function') return operation
        return (...values: readonly unknown[]) => {
          rows.push(JSON.stringify(values))
          const result: unknown = Reflect.apply(operation, target, values)
          return result
        }
      },
    })
    const bench = createBench({ store: recording })
    const client = await register(bench, { token_endpoint_auth_method: 'client_secret_post' })
    const { browser, page } = await openConsent(bench, client)
    const stopAt = ['https://mcp.example.com/callback', redirectUri]
    const atCallback = await browser.submit(page, { access: 'write', decision: 'approve' }, { stopAt })
    const cookies = [...browser.cookies.values()]
    await browser.open(atCallback.url, { stopAt })
    const returned = await signIn(bench, client)
    const body = {
      grant_type: 'authorization_code',
      code: returned.code,
      code_verifier: returned.verifier,
      client_id: client.client_id,
      client_secret: client.client_secret ?? '',
    }
    const response = await bench.post('/token', body)
    const answer = await response.text()
    const minted = answer.match(/m_[a-z]{2}_[A-Za-z0-9._-]+/g) ?? []
    expect(minted).toHaveLength(2)
    const secrets = [
      ...minted,
      ...cookies.flatMap((value) => value.split('.')),
      atCallback.url.searchParams.get('state') ?? '',
      returned.code,
      returned.verifier,
      client.client_secret ?? '',
    ]
    await bench.server.verify(minted[0] ?? '', resource)
    const everything = `${rows.join('\n')}\n${JSON.stringify(bench.events)}`
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(20)
      expect(everything).not.toContain(secret)
    }
  })

  it('T17 no token of ours reaches the sign-in, and nothing of the sign-in reaches the client', async () => {
    const bench = createBench()
    const tokens = await connect(bench, await register(bench))
    expect(JSON.stringify([...bench.upstream.kept.values()])).not.toContain(tokens.access_token)
    expect(JSON.stringify(tokens)).not.toContain('sealed tokens')
    const verdict = await bench.server.verify(tokens.access_token, resource)
    expect(JSON.stringify(verdict)).not.toContain('sealed tokens')
  })
})
