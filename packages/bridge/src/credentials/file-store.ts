import { BridgeError } from '../bridge-error.ts'
import type { JsonObject } from '../json/object.ts'
import { numberIn, objectIn, parseJsonObject } from '../json/object.ts'
import type { Credentials } from './credentials.ts'
import { readCredentials } from './credentials.ts'
import { createFolder } from './folder.ts'
import { lock, tryLock } from './lock.ts'
import type { KeySource, Seal } from './seal.ts'
import { createSeal } from './seal.ts'
import type { CredentialStore, Protection } from './store.ts'

/** Options of a store in files. */
export interface FileCredentialsOptions {
  /** Made with mode 0700 when it is missing. */
  readonly folder: string
  /** Encrypts the files. Default: they are plain, with mode 0600, and say so. */
  readonly key?: KeySource
}

/** The format of the files. Does not follow the package's version: an update signs nobody out. */
const formatVersion = 1

const suffix = '.credentials.json'

/** Keeps sign-ins in one small file each. Files that are plain stay readable after a key is given, and are then sealed. */
export function createFileCredentials({ folder, key }: FileCredentialsOptions): CredentialStore {
  const files = createFolder(folder)
  let loading: Promise<Seal | undefined> | undefined

  /** The seal, once for all entries. One process at a time looks for the key, since the first one may make it. */
  function seal(source: KeySource, needed: () => Promise<boolean>): Promise<Seal | undefined> {
    loading ??= (async () => {
      await files.prepare()
      const held = await lock(files.path('key.lock'))
      try {
        return await createSeal(source, { needed: await needed() })
      } finally {
        await held.release()
      }
    })()
    loading.catch(() => (loading = undefined)) // A keychain that is locked may be opened while we run.
    return loading
  }

  async function list(): Promise<readonly string[]> {
    const names = await files.list()
    return names.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length))
  }

  async function protectionOf(entry: string): Promise<Protection> {
    const bytes = await files.read(entry + suffix)
    return bytes && parseJsonObject(bytes.toString())?.['protection'] === 'sealed' ? 'sealed' : 'plain'
  }

  /** Whether anything is encrypted already. */
  async function hasSealed(): Promise<boolean> {
    const protections = await Promise.all((await list()).map(protectionOf))
    return protections.includes('sealed')
  }

  async function read(entry: string): Promise<Credentials | undefined> {
    const bytes = await files.read(entry + suffix)
    if (!bytes) return undefined
    const file = parseJsonObject(bytes.toString())
    if (numberIn(file, 'version') !== formatVersion) {
      const message = `${files.path(entry + suffix)} is of a newer version or damaged. Update the proxy, or run logout and sign in again.`
      throw new BridgeError('not_stored', message)
    }
    return readCredentials(await opened(entry, file ?? {}))
  }

  async function opened(entry: string, file: JsonObject): Promise<JsonObject> {
    if (file['protection'] !== 'sealed') return objectIn(file, 'credentials')
    const opener = key && (await seal(key, async () => true))
    if (opener) return opener.open(entry, file)
    throw new BridgeError(
      'not_stored',
      'The stored sign-in is encrypted. Give the key that it was stored with (--key-file).',
    )
  }

  async function write(entry: string, credentials: Credentials): Promise<void> {
    const { server } = credentials
    const sealer = key && (await seal(key, hasSealed))
    const content = sealer
      ? { protection: 'sealed', server, ...sealer.seal(entry, { ...credentials }) }
      : {
          protection: 'plain',
          note: 'NOT ENCRYPTED: whoever reads this file can act in your name.',
          credentials,
        }
    await files.write(
      entry + suffix,
      `${JSON.stringify({ version: formatVersion, ...content }, undefined, 2)}\n`,
    )
  }

  async function failures(entry: string): Promise<number> {
    return Number((await files.read(`${entry}.sign-in.failures`))?.toString() ?? 0)
  }

  return {
    protectionOf,
    read,
    async change(entry, change, { signal } = {}) {
      await files.prepare()
      const held = await lock(files.path(`${entry}.lock`), signal)
      try {
        const current = await read(entry)
        const next = await change(current)
        if (!next) await files.remove(entry + suffix)
        else if (next !== current) await write(entry, next)
        return next
      } finally {
        await held.release()
      }
    },
    async remove(entry) {
      await files.remove(entry + suffix)
      await files.remove(`${entry}.sign-in.failures`)
    },
    failures,
    async turn(entry) {
      await files.prepare()
      const held = await tryLock(files.path(`${entry}.sign-in.lock`))
      if (!held) return undefined
      const before = await failures(entry)
      return {
        failures: before,
        async release(outcome) {
          try {
            if (outcome === 'failed') await files.write(`${entry}.sign-in.failures`, String(before + 1))
          } finally {
            await held.release()
          }
        },
      }
    },
    list,
  }
}
