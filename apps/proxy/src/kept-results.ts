import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Results that are kept at most; the oldest ones make room. */
const maxKept = 20

/** Makes what keeps large results of tools, each in a file that only this person can read. */
export function keepResults(folder: string, now: () => number = Date.now): (result: string) => Promise<URL> {
  return async (result) => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const names = await readdir(folder)
    const old = names.toSorted().slice(0, Math.max(0, names.length - maxKept + 1))
    await Promise.all(old.map((name) => rm(join(folder, name), { force: true })))
    const file = join(folder, `${String(now()).padStart(15, '0')}-${randomUUID()}.json`)
    await writeFile(file, result, { mode: 0o600, flag: 'wx' })
    return pathToFileURL(file)
  }
}
