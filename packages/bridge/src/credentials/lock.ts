import { randomBytes } from 'node:crypto'
import { link, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'

import { parseJsonObject } from '../json/object.ts'
import { codeOf } from '../network/http-error.ts'

/** A lock that is held. */
export interface Lock {
  readonly release: () => Promise<void>
}

/** Milliseconds between two signs of life of a holder. */
const heartbeatMs = 5_000

/** Milliseconds without a sign of life after which a holder counts as gone. */
const staleMs = 30_000

/**
 * Takes a lock file that is shared between processes, or answers undefined when another one holds it. A lock whose
 * holder is dead, or was silent for 30 seconds, is taken over.
 */
export async function tryLock(path: string): Promise<Lock | undefined> {
  const nonce = randomBytes(12).toString('hex')
  if (!(await create(path, nonce)) && !((await takeAway(path)) && (await create(path, nonce))))
    return undefined
  const beat = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => clearInterval(beat)) // The lock is gone: somebody thought us dead.
  }, heartbeatMs)
  beat.unref()
  return {
    async release() {
      clearInterval(beat)
      if ((await holderOf(path))?.nonce === nonce) await rm(path, { force: true })
    },
  }
}

/** Waits for a lock. Rejects with the signal's reason when it is aborted first. */
export async function lock(path: string, signal?: AbortSignal): Promise<Lock> {
  for (;;) {
    signal?.throwIfAborted()
    const held = await tryLock(path)
    if (held) return held
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function create(path: string, nonce: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname(), nonce }))
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

interface Holder {
  readonly pid: number
  readonly host: string
  readonly nonce: string
}

async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    const { pid, host, nonce } = parseJsonObject(await readFile(path, 'utf8')) ?? {}
    const isWhole = typeof pid === 'number' && typeof host === 'string' && typeof nonce === 'string'
    return isWhole ? { pid, host, nonce } : undefined
  } catch {
    return undefined // Released in this moment, or being written.
  }
}

/** Removes a lock whose holder is gone. False: it is alive, or somebody was faster. */
async function takeAway(path: string): Promise<boolean> {
  const holder = await holderOf(path)
  if (!(await isStale(path, holder))) return false
  const aside = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await rename(path, aside)
  } catch {
    return false // Somebody was faster.
  }
  // Between looking and moving, the lock may have changed hands: then it is put back.
  const moved = await holderOf(aside)
  const isOurs = moved?.nonce === holder?.nonce
  if (!isOurs) await link(aside, path).catch(() => undefined) // A third one has it by now; its holder goes on alone.
  await rm(aside, { force: true })
  return isOurs
}

async function isStale(path: string, holder: Holder | undefined): Promise<boolean> {
  if (holder?.host === hostname() && !isAlive(holder.pid)) return true
  try {
    const { mtimeMs } = await stat(path)
    return Date.now() - mtimeMs > staleMs
  } catch {
    return false // Released in this moment.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}
