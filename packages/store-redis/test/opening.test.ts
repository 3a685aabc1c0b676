import { describe, expect, it } from 'vitest'

import { createRedisStore, type RedisStoreEvent } from '../src/index.ts'
import { isAway, freshPrefix, openStore, rawClient, url } from './redis.ts'
import { type Answers, bulk, openScriptedRedis } from './scripted-redis.ts'

const fsync = (value: string): string => `%1\r\n${bulk('appendfsync')}\r\n${bulk(value)}`

const healthy: Answers = {
  HELLO: () => '%0',
  INFO: () => bulk('cluster_enabled:0\r\nmaxmemory_policy:noeviction\r\naof_enabled:1'),
  CONFIG: () => fsync('always'),
  EVALSHA: () => bulk('1'),
}

/** What a store tells of that meets a Redis which answers like this. */
async function warnings(answers: Answers): Promise<readonly string[]> {
  const told: string[] = []
  const observe = (event: RedisStoreEvent) =>
    told.push(event.type === 'warning' ? `${event.code}: ${event.message}` : event.type)
  await using _ = await createRedisStore({
    url: await openScriptedRedis({ ...healthy, ...answers }),
    observe,
  })
  return told
}

describe('a set-up', () => {
  it('that keeps everything is nothing to talk about', async () => {
    expect(await warnings({})).toEqual([])
  })

  it('that loses data is told of, with what to set', async () => {
    const info = 'maxmemory_policy:allkeys-lru\r\naof_enabled:0'
    expect(await warnings({ INFO: () => bulk(info) })).toEqual([
      expect.stringMatching(/^evicts: .*allkeys-lru.*Set noeviction\.$/),
      expect.stringMatching(/^not_durable: .*Set appendonly yes\.$/),
    ])
    expect(await warnings({ CONFIG: () => fsync('everysec') })).toEqual([
      expect.stringMatching(/^not_durable: .*everysec.*Set appendfsync always\.$/),
    ])
  })

  it('that may not be asked about is taken as it is', async () => {
    const answers: Answers = {
      INFO: () => "-NOPERM User app has no permissions to run the 'info' command",
      CONFIG: () => "-ERR unknown command 'CONFIG'",
    }
    expect(await warnings(answers)).toEqual([])
  })
})

describe('a Redis that cannot be used', () => {
  it.each([
    [
      '-READONLY You can not write against a read only replica.',
      'read_only',
      /Give the address of the primary/,
    ],
    ["-OOM command not allowed when used memory > 'maxmemory'.", 'full', /memory or its disk is full/],
    ['-MISCONF Errors writing to the AOF file: No space left on device', 'full', /Look into its log/],
    ['-NOPERM User app has no permissions', 'denied', /what the user may do/],
    ['-LOADING Redis is loading the dataset in memory', 'unreachable', /not ready yet/],
    ['-MOVED 866 127.0.0.1:7001', 'cluster', /without cluster mode/],
  ])('is told of with what to do: %s', async (reply, code, message) => {
    const opening = createRedisStore({ url: await openScriptedRedis({ ...healthy, EVALSHA: () => reply }) })
    await expect(opening).rejects.toMatchObject({ name: 'RedisStoreError', code })
    await expect(opening).rejects.toThrow(message)
  })

  it('is refused when it is in cluster mode', async () => {
    const address = await openScriptedRedis({ ...healthy, INFO: () => bulk('cluster_enabled:1') })
    await expect(createRedisStore({ url: address })).rejects.toMatchObject({ code: 'cluster' })
  })

  it('is given up when it takes connections and says nothing', async () => {
    const address = await openScriptedRedis({ HELLO: () => '', AUTH: () => '' })
    const opening = createRedisStore({ url: address, timeoutMs: 50 })
    await expect(opening).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('is named, without the password, when nothing listens there', async () => {
    const opening = createRedisStore({ url: 'redis://me:secret-word@127.0.0.1:1/0' })
    await expect(opening).rejects.toMatchObject({ code: 'unreachable' })
    await expect(opening).rejects.toThrow(/^Redis at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/)
  })

  it.each([
    'localhost:6379',
    'http://localhost',
    'redis://',
    'redis://localhost/first',
    'not an address with secret-word',
  ])('is asked for again when the address is none: %s', async (address) => {
    const error: unknown = await createRedisStore({ url: address }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'bad_address' })
    expect(JSON.stringify(error) + String(error)).not.toContain('secret-word')
  })

  it('is not met under a prefix that would leave its braces', async () => {
    const opening = createRedisStore({ url, prefix: 'a}b' })
    await expect(opening).rejects.toMatchObject({ code: 'bad_address' })
  })
})

describe('a primary', () => {
  it('that has become a replica is looked for anew, behind the same name', async () => {
    const replies: string[] = []
    const seen: string[] = []
    const { promise: back, resolve } = Promise.withResolvers<void>()
    const observe = ({ type }: RedisStoreEvent): void => {
      seen.push(type)
      if (type === 'connected') resolve()
    }
    const address = await openScriptedRedis({ ...healthy, EVALSHA: () => replies.shift() ?? ':1' })
    await using store = await createRedisStore({ url: address, observe })
    replies.push('-READONLY You can not write against a read only replica.')
    await expect(store.vault.dropVault('g')).rejects.toMatchObject({ code: 'read_only' })
    await back
    expect(await store.vault.dropVault('g')).toBe(true)
    expect(seen).toEqual(['disconnected', 'connected'])
  })
})

describe('a script', () => {
  it('goes by its hash, and whole where the hash is not known', async () => {
    const seen: string[] = []
    const answer =
      (reply: string) =>
      ([name = '']: readonly string[]) => {
        seen.push(name)
        return reply
      }
    const noScript = '-NOSCRIPT No matching script. Please use EVAL.'
    const address = await openScriptedRedis({
      ...healthy,
      EVALSHA: answer(noScript),
      EVAL: answer(bulk('1')),
    })
    await using _ = await createRedisStore({ url: address })
    expect(seen).toEqual(['EVALSHA', 'EVAL'])
  })
})

describe.skipIf(isAway)('a real Redis', () => {
  it('that refuses the password says so, and the message does not repeat it', async () => {
    const wrong = new URL(url)
    wrong.username = 'nobody'
    wrong.password = 'secret-word'
    const error: unknown = await createRedisStore({ url: wrong.href }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'denied',
      message: expect.stringContaining('Check both in the address'),
    })
    expect(String(error)).not.toContain('secret-word')
  })

  it('is left alone when a later version has written the keys', async () => {
    const prefix = freshPrefix()
    const store = await openStore({ prefix })
    await store.close()
    await using raw = await rawClient()
    await raw.client.set(`{${prefix}}:schema`, '7')
    await expect(createRedisStore({ url, prefix })).rejects.toMatchObject({
      code: 'newer_schema',
      message: expect.stringMatching(/schema version 7, and this program knows 1\. Run the version/),
    })
  })

  it('keeps what was written when the store is closed and opened again', async () => {
    const prefix = freshPrefix()
    const before = await openStore({ prefix })
    const ends = { accessExpiresAt: 1, absoluteExpiresAt: 2, createdAt: 0 }
    await before.vault.putVault({ grantId: 'g', blob: 'sealed', kid: 'k1', ...ends })
    await before.close()
    const after = await openStore({ prefix })
    expect(await after.vault.getVault('g')).toMatchObject({ blob: 'sealed' })
  })

  it('keeps stores with different prefixes apart', async () => {
    const [one, two] = await Promise.all([openStore(), openStore()])
    expect(await one.auth.rememberJti({ clientId: 'c', hash: 'h', expiresAt: 2, now: 1 })).toBe(true)
    expect(await two.auth.rememberJti({ clientId: 'c', hash: 'h', expiresAt: 2, now: 1 })).toBe(true)
  })

  it('keeps any text that people may write', async () => {
    const { auth } = await openStore()
    const name = 'zero \0, half \uD83E of a pair, "quotes" \\ and \u{1F9EA}'
    const metadata = { name, redirectUris: ['u'], authMethod: 'none', grantTypes: [] } as const
    await auth.putClient({ id: name, metadata, createdAt: 0, expiresAt: 9 }, { limit: 9, now: 0 })
    expect(await auth.getClient(name, 0)).toMatchObject({ id: name.toWellFormed(), metadata })
  })
})
