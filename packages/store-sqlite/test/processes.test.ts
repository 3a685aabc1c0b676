import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'

import { describe, expect, it, onTestFinished } from 'vitest'

import { createSqliteStore } from '../src/index.ts'
import { temporaryFolder } from './files.ts'

const racer = new URL('race-worker.ts', import.meta.url)
const committer = new URL('commit-worker.ts', import.meta.url)

const start = (script: URL, ...args: readonly string[]): ChildProcess => {
  const child = spawn(process.execPath, [fileURLToPath(script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** The lines that a process prints, one at a time. */
const linesOf = ({ stdout }: ChildProcess): AsyncIterator<string> => {
  if (stdout === null) throw new Error('The output is piped')
  return createInterface(stdout)[Symbol.asyncIterator]()
}

describe('several processes on one file', () => {
  it('begin at once on a new file, and win each grant once between them', async () => {
    const path = join(temporaryFolder(), 'telamon.db')
    const names = ['a', 'b', 'c']
    const children = names.map((name) => start(racer, path, name, '60'))
    const outputs = children.map(linesOf)
    for (const output of outputs) expect(await output.next()).toMatchObject({ value: 'ready' })
    for (const { stdin } of children) stdin?.write('go\n')
    const won = await Promise.all(outputs.map(async (output) => String((await output.next()).value)))
    const grants = won.flatMap((line) => line.split(' ').filter(Boolean))
    expect(grants.toSorted()).toEqual(Array.from({ length: 60 }, (_, index) => `g${index}`).toSorted())
    await using store = createSqliteStore({ path })
    for (const [index, line] of won.entries())
      for (const grantId of line.split(' ').filter(Boolean))
        expect(await store.vault.getVault(grantId)).toMatchObject({ generation: 2, blob: names[index] })
  })

  it('lose no commit that was answered when one of them is killed', async () => {
    const path = join(temporaryFolder(), 'telamon.db')
    for (let round = 1; round <= 5; round += 1) {
      const child = start(committer, path)
      const output = linesOf(child)
      let last = 0
      for (let line = 0; line < 20 + round; line += 1) last = Number((await output.next()).value)
      child.kill('SIGKILL')
      await once(child, 'exit')
      const raw = new DatabaseSync(path)
      expect(raw.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
      raw.close()
      await using store = createSqliteStore({ path })
      const row = await store.vault.getVault('g')
      expect(row?.generation).toBeGreaterThanOrEqual(last)
      expect(row).toMatchObject({ blob: String(row?.generation) })
    }
  })
})
