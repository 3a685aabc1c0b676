import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it, onTestFinished } from 'vitest'

import { emptyFolder, openFolder } from '../src/data-folder.ts'
import { keysFromFile, parseKeys } from '../src/keys.ts'

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'telamon-server-'))
  onTestFinished(() => {
    chmodSync(folder, 0o700)
    rmSync(folder, { recursive: true })
  })
  return folder
}

it('makes a folder for this account alone', () => {
  const { path } = openFolder(join(temporary(), 'new'))
  expect(statSync(path).mode & 0o777).toBe(0o700)
})

it('says what to do when a file is in the way', () => {
  const file = join(temporary(), 'file')
  writeFileSync(file, '')
  expect(() => openFolder(join(file, 'data'))).toThrow(/is a file, and a folder is needed/)
})

it('empties what is ours and leaves the rest', () => {
  const folder = openFolder(temporary())
  writeFileSync(folder.store, 'x')
  mkdirSync(folder.simulator)
  writeFileSync(join(folder.path, 'notes.txt'), 'mine')
  emptyFolder(folder)
  expect([
    existsSync(folder.store),
    existsSync(folder.simulator),
    existsSync(join(folder.path, 'notes.txt')),
  ]).toEqual([false, false, true])
})

it('does not empty a folder that holds nothing of ours', () => {
  const folder = openFolder(temporary())
  writeFileSync(join(folder.path, 'thesis.md'), 'years of work')
  expect(() => emptyFolder(folder)).toThrow('holds nothing of Telamon')
  expect(existsSync(join(folder.path, 'thesis.md'))).toBe(true)
})

it('makes a key once and keeps it for this account alone', () => {
  const file = join(temporary(), 'keys')
  const made = keysFromFile(file)
  expect(keysFromFile(file)).toEqual(made)
  expect(made[0]?.secret.byteLength).toBe(32)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(parseKeys(readFileSync(file, 'utf8'))).toEqual(made)
})
