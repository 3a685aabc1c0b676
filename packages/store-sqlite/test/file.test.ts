import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { describe, expect, it } from 'vitest'

import { createSqliteStore } from '../src/index.ts'
import { temporaryFolder } from './files.ts'

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8)
const vaultRow = (grantId: string) => ({
  grantId,
  blob: 'sealed',
  kid: 'k1',
  accessExpiresAt: 1,
  absoluteExpiresAt: 2,
  createdAt: 0,
})

describe('the file', () => {
  it('is made with its folders, for nobody but its owner', async () => {
    const folder = join(temporaryFolder(), 'data', 'deep')
    const path = join(folder, 'telamon.db')
    await using store = createSqliteStore({ path })
    await store.vault.putVault(vaultRow('g1'))
    expect([mode(join(folder, '..')), mode(folder)]).toEqual(['700', '700'])
    expect([path, `${path}-wal`, `${path}-shm`].map(mode)).toEqual(['600', '600', '600'])
  })

  it('is taken from everybody else when it was open to them', async () => {
    const path = join(temporaryFolder(), 'telamon.db')
    writeFileSync(path, '', { mode: 0o666 })
    await using store = createSqliteStore({ path })
    expect(await store.vault.keysInUse()).toEqual([])
    expect(mode(path)).toBe('600')
  })

  it('keeps what was written when it is closed and opened again', async () => {
    const path = join(temporaryFolder(), 'telamon.db')
    const before = createSqliteStore({ path, now: () => 5 })
    await before.vault.putVault(vaultRow('g1'))
    before.close()
    before.close()
    await expect(before.vault.getVault('g1')).rejects.toThrow(/finalized|not open/)
    await using after = createSqliteStore({ path })
    expect(await after.vault.getVault('g1')).toMatchObject({ grantId: 'g1', blob: 'sealed' })
    const raw = new DatabaseSync(path)
    expect(raw.prepare('SELECT * FROM migration').all()).toEqual([{ version: 1, applied_at: 5 }])
    raw.close()
  })

  it('need not be there at all', async () => {
    await using store = createSqliteStore({ path: ':memory:' })
    expect(await store.vault.putVault(vaultRow('g1'))).toBe(true)
    expect(await store.vault.putVault(vaultRow('g1'))).toBe(false)
  })
})

describe('a file that cannot be used', () => {
  it('is named, with what to do, when its folder cannot be written', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a-file'), '')
    mkdirSync(join(folder, 'a-folder'))
    for (const path of [join(folder, 'a-file', 'telamon.db'), join(folder, 'a-folder')])
      expect(() => createSqliteStore({ path })).toThrow(
        expect.objectContaining({
          name: 'SqliteStoreError',
          code: 'unwritable',
          message: expect.stringMatching(
            /^Cannot write to .* \(E\w+\)\. Let the user that runs this program/,
          ),
        }),
      )
  })

  it('is left alone when it is not ours', () => {
    const folder = temporaryFolder()
    const note = join(folder, 'note.txt')
    writeFileSync(note, 'This is a letter, and long enough to be no empty database.'.repeat(20))
    const other = join(folder, 'other.db')
    const raw = new DatabaseSync(other)
    raw.exec('CREATE TABLE recipes (name TEXT)')
    raw.close()
    for (const path of [note, other])
      expect(() => createSqliteStore({ path })).toThrow(
        expect.objectContaining({ code: 'foreign', message: expect.stringContaining(path) }),
      )
    const tables = new DatabaseSync(other)
    expect(tables.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'recipes' }])
    tables.close()
  })

  it('is left alone when a later version has written it', () => {
    const path = join(temporaryFolder(), 'telamon.db')
    createSqliteStore({ path }).close()
    const raw = new DatabaseSync(path)
    raw.exec('INSERT INTO migration VALUES (7, 0)')
    raw.close()
    expect(() => createSqliteStore({ path })).toThrow(
      expect.objectContaining({
        code: 'newer_schema',
        message: expect.stringMatching(/schema version 7, and this program knows 1\. Run the version/),
      }),
    )
  })
})
