import { describe, expect, it } from 'vitest'

import { createKeyRing, createMemoryAuthStore } from '../src/index.ts'
import { createBench, otherResource, resource, rootSecret, type Bench } from './bench/bench.ts'
import { day, minute, second } from './bench/clock.ts'
import { connect, refreshWith, refusal, register, tokensOf, type Registered } from './bench/flow.ts'

const invalidGrant = { status: 400, error: 'invalid_grant' }

async function connected(bench = createBench()) {
  const client = await register(bench)
  return { bench, client, ...(await connect(bench, client)) }
}

const refreshed = async (bench: Bench, client: Registered, token: string) =>
  tokensOf(await refreshWith(bench, client, token))

/** Uses an access token once, at the resource. */
const use = (bench: Bench, token: string) => bench.server.verify(token, resource)

describe('replay', () => {
  it('T12 the token before the last ends the grant once its successor was used and ten seconds are over', async () => {
    const { bench, client, refresh_token: first } = await connected()
    const next = await refreshed(bench, client, first)
    await use(bench, next.access_token)
    bench.clock.pass(11 * second)
    expect(await refusal(await refreshWith(bench, client, first))).toEqual(invalidGrant)
    expect(await refusal(await refreshWith(bench, client, next.refresh_token))).toEqual(invalidGrant)
    expect((await use(bench, next.access_token)).ok).toBe(false)
    expect(bench.upstream.kept.size).toBe(0)
    expect(bench.events).toContainEqual(expect.objectContaining({ type: 'security', what: 'refresh_replay' }))
  })

  it('T12 the token before the last ends the grant after a minute, used or not', async () => {
    const { bench, client, refresh_token: first } = await connected()
    await refreshed(bench, client, first)
    bench.clock.pass(minute + 1)
    expect(await refusal(await refreshWith(bench, client, first))).toEqual(invalidGrant)
    expect(bench.upstream.forgotten.map(({ reason }) => reason)).toEqual(['refresh_replay'])
  })

  it('T12 a token two generations old ends the grant at once', async () => {
    const { bench, client, refresh_token: first } = await connected()
    const next = await refreshed(bench, client, first)
    await refreshed(bench, client, next.refresh_token)
    expect(await refusal(await refreshWith(bench, client, first))).toEqual(invalidGrant)
    expect(bench.upstream.kept.size).toBe(0)
  })

  it('a generation ahead of the store, as after a restored backup, ends the grant', async () => {
    const { bench, client, refresh_token: first } = await connected()
    const next = await refreshed(bench, client, first)
    const third = await refreshed(bench, client, next.refresh_token)
    const family = first.split('.')[1] ?? ''
    const kept = await bench.store.readFamily(family)
    const restored = createMemoryAuthStore()
    const behind = {
      ...bench.store,
      rotateFamily: restored.rotateFamily,
      readFamily: async () => kept && { ...kept, family: { ...kept.family, generation: 0 } },
    }
    const other = createBench({ store: behind, now: bench.clock.now })
    expect(await refusal(await refreshWith(other, client, third.refresh_token))).toEqual(invalidGrant)
    expect(other.events).toContainEqual(expect.objectContaining({ what: 'refresh_replay' }))
  })
})

describe('honest retries', () => {
  it('T13 fifty at once get one and the same successor, and the person stays signed in', async () => {
    const { bench, client, refresh_token: first } = await connected()
    const answers = await Promise.all(Array.from({ length: 50 }, async () => refreshed(bench, client, first)))
    expect(new Set(answers.map((answer) => answer.refresh_token)).size).toBe(1)
    expect(new Set(answers.map((answer) => answer.access_token)).size).toBe(50)
    const outcomes = bench.events.flatMap((event) => (event.type === 'refreshed' ? [event.outcome] : []))
    expect(outcomes.filter((outcome) => outcome === 'rotated')).toHaveLength(1)
    for (const { access_token: token } of answers) expect((await use(bench, token)).ok).toBe(true)
    const [answer] = answers
    expect((await refreshed(bench, client, answer?.refresh_token ?? '')).refresh_token).toBeTruthy()
  })

  it('T13 an answer that was lost is given again within a minute', async () => {
    const { bench, client, refresh_token: first } = await connected()
    const lost = await refreshed(bench, client, first)
    bench.clock.pass(minute)
    const again = await refreshed(bench, client, first)
    expect(again.refresh_token).toBe(lost.refresh_token)
    expect((await use(bench, again.access_token)).ok).toBe(true)
  })

  it('T61 a second window gets the same successor for ten seconds, also after the first has used it', async () => {
    const { bench, client, refresh_token: first } = await connected()
    const mine = await refreshed(bench, client, first)
    await use(bench, mine.access_token)
    bench.clock.pass(400)
    const theirs = await refreshed(bench, client, first)
    expect(theirs.refresh_token).toBe(mine.refresh_token)
    bench.clock.pass(11 * second)
    expect(await refusal(await refreshWith(bench, client, first))).toEqual(invalidGrant)
    expect((await use(bench, mine.access_token)).ok).toBe(false)
  })

  it('T61 a thief who repeats within ten seconds is found out by the next rotation of either side', async () => {
    const { bench, client, refresh_token: first } = await connected()
    const mine = await refreshed(bench, client, first)
    await use(bench, mine.access_token)
    const stolen = await refreshed(bench, client, first)
    bench.clock.pass(15 * minute)
    const next = await refreshed(bench, client, stolen.refresh_token)
    await use(bench, next.access_token)
    bench.clock.pass(11 * second)
    expect(await refusal(await refreshWith(bench, client, mine.refresh_token))).toEqual(invalidGrant)
    expect((await use(bench, next.access_token)).ok).toBe(false)
  })

  it('T62 a new key between the answer and its repetition changes no byte', async () => {
    const store = createMemoryAuthStore()
    const before = createBench({ store, keys: createKeyRing([rootSecret('k1', 1)]) })
    const { client, refresh_token: first } = await connected(before)
    const answer = await refreshed(before, client, first)
    const after = createBench({
      store,
      keys: createKeyRing([rootSecret('k2', 2), rootSecret('k1', 1)]),
      now: before.clock.now,
    })
    const again = await refreshed(after, client, first)
    expect(again.refresh_token).toBe(answer.refresh_token)
    const next = await refreshed(after, client, again.refresh_token)
    expect(next.refresh_token).toMatch(/^m_rt_k2\./)
  })

  it('T52 names keys that were removed too early', async () => {
    const store = createMemoryAuthStore()
    const { bench } = await connected(createBench({ store }))
    expect(await bench.server.missingKeys()).toEqual([])
    const without = createBench({ store, keys: createKeyRing([rootSecret('k2', 2)]), now: bench.clock.now })
    expect(await without.server.missingKeys()).toEqual(['k1'])
  })
})

describe('limits of a refresh', () => {
  it('T14 another client can neither use nor spoil a token', async () => {
    const { bench, client, refresh_token: first } = await connected()
    const thief = await register(bench)
    expect(await refusal(await refreshWith(bench, thief, first))).toEqual(invalidGrant)
    expect((await refreshed(bench, client, first)).scope).toContain('jira:write')
  })

  it('T14 scopes can be narrowed for the access token, never widened', async () => {
    const bench = createBench()
    const client = await register(bench)
    const { refresh_token: first } = await connect(bench, client, { change: { scope: 'jira:write' } })
    for (const scope of ['jira:write confluence:read', 'confluence:read', 'jsm:read', 'nonsense'])
      expect(await refusal(await refreshWith(bench, client, { refresh_token: first, scope }))).toEqual({
        status: 400,
        error: 'invalid_scope',
      })
    const narrow = await tokensOf(
      await refreshWith(bench, client, { refresh_token: first, scope: 'jira:read' }),
    )
    expect(narrow.scope).toBe('jira:read')
    const verdict = await use(bench, narrow.access_token)
    expect(verdict).toMatchObject({ ok: true, grant: { scopes: ['jira:read'] } })
    expect((await refreshed(bench, client, narrow.refresh_token)).scope).toBe('jira:read jira:write')
  })

  it('accepts offline_access beside the scopes, whether or not it was granted', async () => {
    const { bench, client, refresh_token: first } = await connected()
    const answer = await tokensOf(
      await refreshWith(bench, client, { refresh_token: first, scope: 'jira:read offline_access' }),
    )
    expect(answer.scope).toBe('jira:read')
  })

  it('refuses another resource, and leaves the family as it was', async () => {
    const { bench, client, refresh_token: first } = await connected()
    const other = await refreshWith(bench, client, { refresh_token: first, resource: otherResource })
    expect(await refusal(other)).toEqual({ status: 400, error: 'invalid_target' })
    expect((await refreshWith(bench, client, { refresh_token: first, resource })).status).toBe(200)
  })

  it('ends after thirty days without use, and after a year in any case', async () => {
    const idle = await connected()
    idle.bench.clock.pass(30 * day)
    expect(await refusal(await refreshWith(idle.bench, idle.client, idle.refresh_token))).toEqual(
      invalidGrant,
    )

    const { bench, client, ...tokens } = await connected()
    let token = tokens.refresh_token
    for (let elapsed = 0; elapsed < 364; elapsed += 28) {
      bench.clock.pass(28 * day)
      const response = await refreshWith(bench, client, token)
      expect(response.status).toBe(200)
      token = (await tokensOf(response)).refresh_token
    }
    bench.clock.pass(day)
    expect(await refusal(await refreshWith(bench, client, token))).toEqual(invalidGrant)
  })
})

describe('T15 forged tokens', () => {
  it('are refused without a look into the store, and revoke nothing', async () => {
    const { bench, client, refresh_token: first } = await connected()
    bench.calls.clear()
    for (let at = 0; at < first.length; at += 1)
      for (const bit of [1, 2, 4, 8, 16, 32]) {
        const forged = `${first.slice(0, at)}${String.fromCharCode(first.charCodeAt(at) ^ bit)}${first.slice(at + 1)}`
        expect(await refusal(await refreshWith(bench, client, forged))).toEqual(invalidGrant)
      }
    expect(bench.calls.get('readFamily')).toBeUndefined()
    expect(bench.calls.get('rotateFamily')).toBeUndefined()
    expect((await refreshWith(bench, client, first)).status).toBe(200)
  })

  it.each([
    ['truncated', (token: string) => token.slice(0, -1)],
    ['very long', (token: string) => token + 'x'.repeat(7000)],
    ['with a NUL', (token: string) => `${token}\u0000`],
    ['with a letter of another script', (token: string) => token.replace('m', 'ｍ')],
    ['with the generation 00', (token: string) => token.replace('.0.', '.00.')],
    ['with another generation', (token: string) => token.replace('.0.', '.1.')],
    ['with another padding of the same bytes', (token: string) => `${token}=`],
    ['of an unknown key', (token: string) => token.replace('_k1.', '_k9.')],
    ['empty', () => 'm_rt_'],
  ])('are refused: %s', async (_, forge) => {
    const { bench, client, refresh_token: first } = await connected()
    bench.calls.clear()
    expect(await refusal(await refreshWith(bench, client, forge(first)))).toEqual(invalidGrant)
    expect(bench.calls.get('readFamily')).toBeUndefined()
  })

  it('a body of a megabyte is refused as such', async () => {
    const { bench, client } = await connected()
    expect((await refreshWith(bench, client, 'x'.repeat(1_000_000))).status).toBe(413)
  })
})

describe('when the store is away', () => {
  it('nobody is signed out', async () => {
    const { bench, client, refresh_token: first } = await connected()
    const broken = { ...bench.store, readFamily: () => Promise.reject(new Error('disk full: secret-path')) }
    const other = createBench({ store: broken, now: bench.clock.now })
    const response = await refreshWith(other, client, first)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBeTruthy()
    expect(await response.text()).not.toContain('secret-path')
    expect((await refreshWith(bench, client, first)).status).toBe(200)
  })
})
