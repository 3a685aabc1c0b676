import {
  createBrowser,
  createFileCache,
  createFileCredentials,
  createMemoryCredentials,
  entryOf,
} from '@telamon/bridge'
import type {
  BridgeInfo,
  ConnectionCache,
  CredentialStore,
  Limits,
  Observe,
  OpenBrowser,
} from '@telamon/bridge'

import type { Settings } from './arguments.ts'
import { keyFrom } from './keys.ts'
import { createLog } from './log.ts'
import { stateFolder } from './places.ts'
import { version } from './version.ts'

/** What every command is put together from. */
export interface Parts {
  readonly credentials: CredentialStore
  readonly openBrowser: OpenBrowser
  readonly observe: Observe
  readonly info: BridgeInfo
  readonly limits: Partial<Limits>
}

/** Makes the parts from the settings and the environment. */
export function partsFrom(settings: Settings): Parts {
  const { storage, debug, allowHttp, timeout, authTimeout } = settings
  const key = keyFrom(settings)
  const folder = stateFolder(process.env, process.platform)
  const command = process.env['BROWSER']
  return {
    credentials:
      storage === 'memory'
        ? createMemoryCredentials()
        : createFileCredentials({ folder, ...(key && { key }) }),
    openBrowser: createBrowser({ platform: process.platform, allowHttp, ...(command && { command }) }),
    observe: createLog({ debug, write: (line) => console.error(line) }),
    info: { name: 'telamon-proxy', version },
    limits: { silenceMs: timeout * 1_000, patienceMs: authTimeout * 1_000 },
  }
}

/** What is remembered of a server, unless nothing is to be stored. */
export function cacheFor({ storage }: Settings, remote: URL): ConnectionCache | undefined {
  if (storage === 'memory') return undefined
  return createFileCache({ folder: stateFolder(process.env, process.platform), entry: entryOf(remote) })
}
