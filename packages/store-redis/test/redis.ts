import { randomUUID } from 'node:crypto'

import { createClient } from 'redis'
import { onTestFinished } from 'vitest'

import { createRedisStore, type RedisStore, type RedisStoreOptions } from '../src/index.ts'

// oxlint-disable-next-line node/no-process-env -- where the Redis of the tests runs is for the machine to say
const { TELAMON_TEST_REDIS, TELAMON_REQUIRE_STORES } = process.env

/** The Redis that the tests may write to. */
export const url = TELAMON_TEST_REDIS ?? 'redis://127.0.0.1:6379/15'

const away = await reasonToSkip()
if (away !== undefined) {
  const told = `${away} The tests of store-redis need one; TELAMON_TEST_REDIS says where it is.`
  if (TELAMON_REQUIRE_STORES) throw new Error(told)
  console.error(`Skipped: ${told}`)
}

/** Whether there is no Redis, so that the tests that need one are skipped, after a line that says so. */
export const isAway = away !== undefined

async function reasonToSkip(): Promise<string | undefined> {
  const client = createClient({ url, socket: { connectTimeout: 2000, reconnectStrategy: false } })
  try {
    client.on('error', () => undefined) // Thrown by connect too.
    await client.connect()
    return undefined
  } catch (error) {
    return `No Redis answers at ${new URL(url).host} (${String(error)}).`
  } finally {
    client.destroy()
  }
}

/** A prefix that no other test has, whose keys go with the test. */
export function freshPrefix(): string {
  const prefix = `test-${randomUUID()}`
  onTestFinished(() => removeKeys(prefix))
  return prefix
}

async function removeKeys(prefix: string): Promise<void> {
  await using raw = await rawClient()
  const keys = await keysOf(prefix)
  if (keys.length > 0) await raw.client.unlink([...keys])
}

/** All keys of a store. */
export async function keysOf(prefix: string): Promise<readonly string[]> {
  await using raw = await rawClient()
  const found: string[] = []
  for await (const keys of raw.client.scanIterator({ MATCH: `{${prefix}}:*`, COUNT: 1000 }))
    found.push(...keys)
  return found.toSorted()
}

/** All that a store holds, as JSON. */
export async function contentsOf(prefix: string): Promise<string> {
  await using raw = await rawClient()
  const { client } = raw
  const readers: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
    hash: (key) => client.hGetAll(key),
    set: (key) => client.sMembers(key),
    string: (key) => client.get(key),
    zset: (key) => client.zRange(key, 0, -1),
  }
  const contents = (await keysOf(prefix)).map(async (key) => [
    key,
    await readers[await client.type(key)]?.(key),
  ])
  return JSON.stringify(await Promise.all(contents))
}

const createRaw = () => createClient({ url })

/** A client of the driver itself. */
export interface RawClient extends AsyncDisposable {
  readonly client: ReturnType<typeof createRaw>
}

/** Connects one that goes with the block. */
export async function rawClient(): Promise<RawClient> {
  const client = await createRaw().connect()
  return {
    client,
    async [Symbol.asyncDispose]() {
      await client.close()
    },
  }
}

/** A store that is closed with the test. */
export async function openStore(options: Partial<RedisStoreOptions> = {}): Promise<RedisStore> {
  const store = await createRedisStore({ url, prefix: options.prefix ?? freshPrefix(), ...options })
  onTestFinished(() => store.close())
  return store
}

const now = (): number => Date.UTC(2026, 0, 1, 12)

/** Two connections to the same new keys, as two processes would have them. */
export interface Pair {
  readonly first: RedisStore
  readonly other: RedisStore
  readonly close: () => Promise<void>
}

/** Opens two connections, on a clock that the test hands in. */
export async function openPair(): Promise<Pair> {
  const prefix = `test-${randomUUID()}`
  const open = (): Promise<RedisStore> => createRedisStore({ url, prefix, now })
  const [first, other] = await Promise.all([open(), open()])
  return {
    first,
    other,
    async close() {
      await Promise.all([first.close(), other.close()])
      await removeKeys(prefix)
    },
  }
}
