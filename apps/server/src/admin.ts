import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

import { cloudProfile } from '@telamon/vault'
import type { Logger } from 'pino'

import { createApp } from './app.ts'
import { openFolder } from './data-folder.ts'
import { Fault } from './fault.ts'
import { parseKeys, rootKeys } from './keys.ts'
import { createOffer, mostScopes } from './offer.ts'
import { folderOf, openStore } from './open-store.ts'
import type { Settings } from './settings.ts'

/** Something that an operator does beside the running server, on the same store and keys. */
export type AdminCommand =
  | { readonly run: 'scopes' }
  | { readonly run: 'keys' }
  | { readonly run: 'keys-rotate' }
  | { readonly run: 'keys-rekey' }
  | { readonly run: 'keys-retire'; readonly kid: string }
  | { readonly run: 'forget'; readonly person: string }

/**
 * Does what an operator asked for, and says what came of it.
 *
 * @throws Fault when it cannot be done, with what to do instead.
 */
export async function administer(command: AdminCommand, settings: Settings, log: Logger): Promise<string> {
  if (command.run === 'scopes') return listScopes(settings)
  if (command.run === 'keys') return listKeys(settings)
  if (command.run === 'keys-rotate') return rotateKeys(settings)
  if (command.run === 'keys-rekey') return rekey(settings, log)
  if (command.run === 'keys-retire') return retireKey(command.kid, settings)
  return forget(command.person, { settings, log })
}

/** What the OAuth app has to be given, and what is then out of reach. */
async function listScopes(settings: Settings): Promise<string> {
  const { scopes, outOfReach } = createOffer(settings)
  const { scopes: always } = cloudProfile()
  const asked = [...new Set([...scopes, ...always])]
  const missing = await outOfReach()
  return [
    `Give the OAuth app these ${asked.length} scopes; Atlassian lets it have ${mostScopes}:`,
    ...asked.map((scope) => `  ${scope}`),
    missing.length === 0
      ? 'Nothing is out of reach.'
      : `Within them, ${missing.length} of Atlassian's operations are out of reach:`,
    ...missing.map((name) => `  ${name}`),
  ].join('\n')
}

/** Which keys there are, and what still needs each. */
async function listKeys(settings: Settings): Promise<string> {
  const used = await keysInUse(settings)
  const known = rootKeys(settings).map(({ kid }) => kid)
  const missing = [...used.keys()].filter((kid) => !known.includes(kid))
  const line = (kid: string, index: number): string =>
    `${kid}: ${index === 0 ? 'writes; ' : ''}${needs(used.get(kid))}`
  return [...known.map(line), ...missing.map((kid) => `${kid}: MISSING; ${needs(used.get(kid))}`)].join('\n')
}

const needs = (what: readonly string[] | undefined): string =>
  what === undefined ? 'needed by nothing' : `needed by ${what.join(' and ')}`

/** What in the store needs a key, by its id. */
async function keysInUse(settings: Settings): Promise<ReadonlyMap<string, readonly string[]>> {
  const store = await openStore(settings.TELAMON_STORE, () => undefined)
  try {
    const [tokens, connections] = [await store.auth.keysInUse(Date.now()), await store.vault.keysInUse()]
    const used = new Map<string, string[]>()
    for (const kid of tokens) used.set(kid, ['refresh tokens'])
    for (const kid of connections) used.set(kid, [...(used.get(kid) ?? []), 'connections'])
    return used
  } finally {
    await store.close()
  }
}

async function rotateKeys(settings: Settings): Promise<string> {
  const known = rootKeys(settings).map(({ kid }) => kid)
  const kid = nextKid([...known, ...(await keysInUse(settings)).keys()])
  const entry = `${kid}:${randomBytes(32).toString('base64url')}`
  const path = keyFile(settings)
  if (path === undefined)
    throw new Fault(
      `The keys come from TELAMON_KEYS, which only you can change. Put a new one in front: ${kid}:SECRET, the secret 32 random bytes in base64url. Then restart each instance.`,
    )
  writeFileSync(path, `${entry},${readFileSync(path, 'utf8').trim()}`, { mode: 0o600 })
  return `${kid} stands in front of ${known.join(', ')}. Restart the server, then run "keys rekey".`
}

/** The first `kN` that no key has had. */
function nextKid(known: readonly string[]): string {
  const numbers = known.map((kid) => Number(/^k(\d+)$/.exec(kid)?.[1] ?? 0))
  return `k${Math.max(0, ...numbers) + 1}`
}

async function rekey(settings: Settings, log: Logger): Promise<string> {
  const app = await createApp(settings, log)
  try {
    const { rekeyed, skipped } = await app.vault.rekey()
    return skipped === 0
      ? `${rekeyed} connections were sealed with the newest key. Refresh tokens follow when they are used, within 30 days.`
      : `${rekeyed} connections were sealed with the newest key; ${skipped} were being refreshed. Run it again.`
  } finally {
    await app.close()
  }
}

async function retireKey(kid: string, settings: Settings): Promise<string> {
  const [newest] = rootKeys(settings)
  const what = (await keysInUse(settings)).get(kid)
  if (newest?.kid === kid)
    throw new Fault(`${kid} is the newest key. Put another one in front first: "keys rotate".`)
  if (!rootKeys(settings).some((key) => key.kid === kid))
    throw new Fault(`There is no key ${kid}. See "keys" for those there are.`)
  if (what !== undefined)
    throw new Fault(
      `${kid} is ${needs(what)}: removing it would end sign-ins. Connections move to the newest key by "keys rekey", refresh tokens when they are used, within 30 days.`,
    )
  const path = keyFile(settings)
  if (path === undefined)
    return `Nothing needs ${kid}: take it out of TELAMON_KEYS and restart each instance.`
  const rest = readFileSync(path, 'utf8')
    .trim()
    .split(',')
    .filter((entry) => parseKeys(entry)[0]?.kid !== kid)
  writeFileSync(path, rest.join(','), { mode: 0o600 })
  return `${kid} was removed. Restart the server.`
}

/** The key file, where the keys are in one. */
const keyFile = ({ TELAMON_KEYS: keys, TELAMON_STORE: store }: Settings): string | undefined =>
  keys === undefined && store.startsWith('sqlite:') ? openFolder(folderOf(store)).keys : undefined

/** Ends a person's connections and removes what is known of them, down to the record that there was something. */
async function forget(
  person: string,
  { settings, log }: { readonly settings: Settings; readonly log: Logger },
): Promise<string> {
  const app = await createApp(settings, log)
  try {
    const ended = await app.grants.forgetPerson(person)
    await app.sweep(AbortSignal.timeout(60_000))
    return `${ended} connections of ${person} were ended, and nothing of them is kept here. Logs are yours to clear; the app's permission at Atlassian is the person's to take back, on their account page under "Connected apps".`
  } finally {
    await app.close()
  }
}
