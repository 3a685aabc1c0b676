import { join } from 'node:path'

import {
  createBrowser,
  createFileCache,
  createFileCredentials,
  createHttp,
  createMemoryCredentials,
  entryOf,
  proxyFromEnvironment,
  withCookies,
} from '@telamon/bridge'
import type {
  BridgeInfo,
  BridgeOptions,
  ConnectionCache,
  CredentialStore,
  Http,
  Limits,
  Observe,
  OpenBrowser,
} from '@telamon/bridge'

import { keepResults } from './kept-results.ts'
import { keyFrom } from './keys.ts'
import { createLog } from './log.ts'
import { stateFolder } from './places.ts'
import type { Settings } from './settings/settings.ts'
import { version } from './version.ts'

/** What every command is put together from. */
export interface Parts {
  readonly credentials: CredentialStore
  readonly openBrowser: OpenBrowser
  readonly observe: Observe
  readonly info: BridgeInfo
  readonly limits: Partial<Limits>
  readonly http: Http
  readonly proxyFor?: (url: URL) => URL | undefined
}

/** Makes the parts from the settings and the environment. */
export function partsFrom(settings: Settings): Parts {
  const { storage, loudness, allowHttp, limits, network, opensBrowser } = settings
  const key = keyFrom(storage)
  const command = process.env['BROWSER']
  const onUseless = (name: string): void =>
    warn(`telamon-proxy: ${name} is not the address of a proxy, and is not used.`)
  const proxyFor = network.obeysProxies ? proxyFromEnvironment(process.env, onUseless) : undefined
  const http = createHttp({ ...network, ...(proxyFor && { proxyFor }) })
  return {
    credentials:
      storage.kind === 'memory'
        ? createMemoryCredentials()
        : createFileCredentials({ folder: folder(), ...(key && { key }) }),
    openBrowser: opensBrowser
      ? createBrowser({ platform: process.platform, allowHttp, ...(command && { command }) })
      : async () => false,
    observe: createLog({ loudness, write: warn }),
    info: { name: 'telamon-proxy', version },
    limits,
    http: network.keepsCookies ? withCookies(http) : http,
    ...(proxyFor && { proxyFor }),
  }
}

/** What belongs to one server. */
export interface ServerParts extends Pick<
  BridgeOptions,
  'tools' | 'mergeLists' | 'resultBudget' | 'transport' | 'protocol' | 'headers'
> {
  readonly remote: URL
  readonly entry: string
  readonly allowHttp: boolean
  readonly cache?: ConnectionCache
}

/** Makes what belongs to one server. What changes who signs in for what is part of the entry's name. */
export function serverParts(settings: Settings, remote: URL): ServerParts {
  const { storage, profile = '', signIn, maxResult } = settings
  const { resource, tokenEndpoint, authorizeParameters = {}, client, bearer = '' } = signIn
  const isOwn = profile !== '' || typeof resource === 'string' || tokenEndpoint || client || bearer
  const parts = [
    profile,
    resource ?? '',
    tokenEndpoint?.href ?? '',
    authorizeParameters,
    client?.id ?? '',
    bearer,
  ]
  const variant = isOwn || Object.keys(authorizeParameters).length > 0 ? JSON.stringify(parts) : ''
  const entry = entryOf(remote, variant)
  const isStored = storage.kind !== 'memory'
  const keep = isStored ? { keep: keepResults(join(folder(), 'results')) } : {}
  return {
    ...settings,
    remote,
    entry,
    ...(isStored && { cache: createFileCache({ folder: folder(), entry }) }),
    ...(maxResult !== undefined && { resultBudget: { bytes: maxResult, ...keep } }),
  }
}

function folder(): string {
  return stateFolder(process.env, process.platform)
}

function warn(line: string): void {
  console.error(line)
}
