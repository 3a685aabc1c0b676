import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { describe, expect, it, onTestFinished } from 'vitest'

import type { RedisStore } from '../src/index.ts'
import { giveFamily, giveGrant, giveVault } from './given.ts'
import { isAway, freshPrefix, openStore, url } from './redis.ts'

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

/** What is raced for: how it comes into the store, and what tells that one caller had it. */
type Race = readonly [
  kind: string,
  give: (store: RedisStore, id: string) => Promise<void>,
  trace: (store: RedisStore, id: string) => Promise<number | undefined>,
  after: number,
]

describe.skipIf(isAway)('several processes on the same keys', { timeout: 120_000 }, () => {
  it.each([
    ['redeem', giveGrant, async ({ auth }, id) => (await auth.readCode(id))?.consumedAt, 1],
    ['rotate', giveFamily, async ({ auth }, id) => (await auth.readFamily(id))?.family.generation, 1],
    ['refresh', giveVault, async ({ vault }, id) => (await vault.getVault(id))?.generation, 2],
  ] satisfies readonly Race[])('have one winner among fifty who %s at once', async (...race) => {
    const [kind, give, trace, after] = race
    const prefix = freshPrefix()
    const store = await openStore({ prefix, now: () => 1 })
    const ids = Array.from({ length: 20 }, (_, index) => `${kind}-${index}`)
    for (const id of ids) await give(store, id)
    const children = ['a', 'b'].map((name) => start(racer, url, prefix, name))
    const outputs = children.map(linesOf)
    for (const output of outputs) expect(await output.next()).toMatchObject({ value: 'ready' })
    for (const id of ids) {
      for (const { stdin } of children) stdin?.write(`${kind} ${id} 25\n`)
      const won = await Promise.all(outputs.map(async (output) => Number((await output.next()).value)))
      expect({ id, won: won.reduce((sum, count) => sum + count, 0) }).toEqual({ id, won: 1 })
      expect(await trace(store, id)).toBe(after)
    }
  })

  it('get no more than a quota between them, and no less', async () => {
    const name = freshPrefix()
    await openStore({ prefix: name })
    const children = ['a', 'b', 'c', 'd'].map((child) => start(racer, url, name, child))
    const outputs = children.map(linesOf)
    for (const output of outputs) expect(await output.next()).toMatchObject({ value: 'ready' })
    for (const { stdin } of children) stdin?.write('take quota 50\n')
    const taken = await Promise.all(outputs.map(async (output) => Number((await output.next()).value)))
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(100)
  })

  it('lose nothing that was answered when one of them is killed', async () => {
    const prefix = freshPrefix()
    const store = await openStore({ prefix, now: () => 1 })
    await giveVault(store, 'g')
    await giveFamily(store, 'g')
    for (let round = 1; round <= 5; round += 1) {
      const child = start(committer, url, prefix)
      const output = linesOf(child)
      let line = ''
      for (let count = 0; count < 20 + round; count += 1) line = String((await output.next()).value)
      child.kill('SIGKILL')
      await once(child, 'exit')
      const [refreshed = 0, rotated = 0] = line.split(' ').map(Number)
      const row = await store.vault.getVault('g')
      expect(row?.generation).toBeGreaterThanOrEqual(refreshed)
      expect(row).toMatchObject({ blob: String(row?.generation) })
      const family = (await store.auth.readFamily('g'))?.family
      expect(family?.generation).toBeGreaterThanOrEqual(rotated)
      const access = await store.auth.readAccess(`access ${family?.generation}`, 3)
      expect(access?.grant).toMatchObject({ id: 'g', lastUsedAt: 2 })
    }
  })
})
