import { describe, expect, it, onTestFinished } from 'vitest'

import { createPostgresStore, type PostgresStoreEvent } from '../src/index.ts'
import { freshSchema, isAway, openStore, query, url } from './postgres.ts'

const row = {
  grantId: 'g',
  blob: 'sealed',
  kid: 'k1',
  accessExpiresAt: 1,
  absoluteExpiresAt: 2,
  createdAt: 0,
}

/** The tests' address with a setting for each session. */
const withSetting = (setting: string): string => {
  const address = new URL(url)
  address.searchParams.set('options', `-c ${setting}`)
  return address.href
}

describe('an address', () => {
  it.each(['localhost:5432', 'http://localhost/test', 'not an address with secret-word'])(
    'that is none is asked for again: %s',
    async (address) => {
      const error: unknown = await createPostgresStore({ url: address }).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'bad_address' })
      expect(JSON.stringify(error) + String(error)).not.toContain('secret-word')
    },
  )

  it('where nothing listens is named, without the password', async () => {
    const opening = createPostgresStore({ url: 'postgres://me:secret-word@127.0.0.1:1/test' })
    await expect(opening).rejects.toMatchObject({ code: 'unreachable' })
    await expect(opening).rejects.toThrow(
      /^PostgreSQL at 127\.0\.0\.1:1\/test cannot be reached \(ECONNREFUSED\)/,
    )
  })

  it.each(['A', 'a"b', '', 'a'.repeat(64)])('has no schema called %j', async (schema) => {
    await expect(createPostgresStore({ url, schema })).rejects.toMatchObject({ code: 'bad_address' })
  })
})

describe.skipIf(isAway)('a new schema', () => {
  it('is made once by instances that start at the same moment', async () => {
    const schema = freshSchema()
    const stores = await Promise.all([1, 2, 3, 4].map((now) => openStore({ schema, now: () => now })))
    const puts = await Promise.all(stores.map(({ vault }) => vault.putVault(row)))
    expect(puts.filter(Boolean)).toEqual([true])
    const [note, ...more] = await query(`SELECT version, applied_at FROM "${schema}".migration`)
    expect(note).toMatchObject({ version: 1, applied_at: expect.stringMatching(/^[1-4]$/) })
    expect(more).toEqual([])
  })

  it('keeps what was written when the store is closed and opened again', async () => {
    const schema = freshSchema()
    const before = await openStore({ schema })
    await before.vault.putVault(row)
    await before.close()
    const after = await openStore({ schema })
    expect(await after.vault.getVault('g')).toMatchObject({ blob: 'sealed' })
  })

  it('is apart from others', async () => {
    const [one, two] = await Promise.all([openStore(), openStore()])
    expect(await one.vault.putVault(row)).toBe(true)
    expect(await two.vault.putVault(row)).toBe(true)
  })

  it('keeps any text that people may write; NUL becomes a mark', async () => {
    const { auth } = await openStore()
    const name = 'zero \0, half \uD83E of a pair, "quotes" \\ and \u{1F9EA}'
    const metadata = { name, redirectUris: ['u'], authMethod: 'none', grantTypes: [] } as const
    await auth.putClient({ id: name, metadata, createdAt: 0, expiresAt: 9 }, { limit: 9, now: 0 })
    const kept = name.toWellFormed().replace('\0', '\uFFFD')
    expect(await auth.getClient(name, 0)).toMatchObject({ id: kept, metadata })
  })
})

describe.skipIf(isAway)('a schema that cannot be used', () => {
  it("is left alone when it holds another program's tables", async () => {
    const schema = freshSchema()
    await query(`CREATE SCHEMA "${schema}"; CREATE TABLE "${schema}".recipes (name text)`)
    await expect(createPostgresStore({ url, schema })).rejects.toMatchObject({
      code: 'foreign',
      message: expect.stringContaining(schema),
    })
    const tables = await query(`SELECT tablename FROM pg_tables WHERE schemaname = '${schema}'`)
    expect(tables).toEqual([{ tablename: 'recipes' }])
  })

  it('is left alone when a later version has made it', async () => {
    const schema = freshSchema()
    await (await openStore({ schema })).close()
    await query(`INSERT INTO "${schema}".migration VALUES (7, 0)`)
    await expect(createPostgresStore({ url, schema })).rejects.toMatchObject({
      code: 'newer_schema',
      message: expect.stringMatching(/has version 7, and this program knows 1\. Run the version/),
    })
  })
})

describe.skipIf(isAway)('a server', () => {
  it('that refuses the name says so', async () => {
    const wrong = new URL(url)
    wrong.username = 'telamon_nobody'
    wrong.password = 'secret-word'
    const error: unknown = await createPostgresStore({ url: wrong.href }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'denied',
      message: expect.stringContaining('Check both in the address'),
    })
    expect(String(error)).not.toContain('secret-word')
  })

  it('without the database says how to make it', async () => {
    const wrong = new URL(url)
    wrong.pathname = '/telamon_nowhere'
    const opening = createPostgresStore({ url: wrong.href })
    await expect(opening).rejects.toMatchObject({ code: 'no_database' })
    await expect(opening).rejects.toThrow(
      /telamon_nowhere has no such database\. Make it with CREATE DATABASE/,
    )
  })

  it('that takes no writes is told from one that does', async () => {
    const readOnly = withSetting('default_transaction_read_only=on')
    const opening = createPostgresStore({ url: readOnly, schema: freshSchema() })
    await expect(opening).rejects.toMatchObject({ code: 'read_only' })
  })

  it('that answers before it has written is told of', async () => {
    const told: PostgresStoreEvent[] = []
    await openStore({ url: withSetting('synchronous_commit=off'), observe: (event) => told.push(event) })
    expect(told).toEqual([
      {
        type: 'warning',
        code: 'not_durable',
        message: expect.stringMatching(/Set synchronous_commit on\.$/),
      },
    ])
  })

  it('that isolates transactions more strictly has no errors for those who come second', async () => {
    const schema = freshSchema()
    const stores = await Promise.all(
      [1, 2].map(() => openStore({ schema, url: withSetting('default_transaction_isolation=serializable') })),
    )
    await stores[0]?.vault.putVault(row)
    const claims = stores.flatMap(({ vault }, store) =>
      Array.from({ length: 10 }, (_, index) =>
        vault.claimRefresh({ grantId: 'g', generation: 1, owner: `${store} ${index}`, now: 1, until: 2 }),
      ),
    )
    expect((await Promise.all(claims)).filter((blob) => blob !== undefined)).toEqual(['sealed'])
  })

  it('needs no right to change tables once they are there, and says so when a right is missing', async () => {
    const schema = freshSchema()
    const role = `${schema.slice(0, 50)}_user`
    await openStore({ schema })
    await query(`CREATE ROLE ${role}`)
    onTestFinished(async () => void (await query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)))
    await query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`)
    const opening = createPostgresStore({ url: withSetting(`role=${role}`), schema })
    await expect(opening).rejects.toMatchObject({ code: 'denied' })
    await query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`)
    const { vault } = await openStore({ url: withSetting(`role=${role}`), schema })
    expect(await vault.putVault(row)).toBe(true)
  })
})
