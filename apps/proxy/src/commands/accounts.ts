import { createAccount, statusOf } from '@telamon/bridge'
import type { Account, AccountStatus } from '@telamon/bridge'

import { Fault } from '../fault.ts'
import { readLine } from '../input.ts'
import { readMcpRemote } from '../mcp-remote.ts'
import { print } from '../output.ts'
import { partsFrom, serverParts } from '../parts.ts'
import type { Settings } from '../settings/settings.ts'

function accountFor(remote: URL, settings: Settings): Account {
  const { signIn, pastes, opensBrowser } = settings
  const parts = partsFrom(settings)
  return createAccount({
    ...signIn,
    ...parts,
    ...serverParts(settings, remote),
    ...(pastes && { readPasted }),
    openBrowser: pastes || !opensBrowser ? async () => false : parts.openBrowser,
  })
}

function readPasted(wrong: boolean, signal: AbortSignal): Promise<string> {
  const question = wrong
    ? 'That is not the answer to this sign-in. Paste the whole address of the last page: '
    : 'When you have signed in, paste the address of the page that does not load: '
  return readLine(question, signal)
}

/** Signs in, and waits for the person as long as a sign-in may take. */
export async function login(remote: URL, settings: Settings): Promise<void> {
  const { host } = remote
  const sentences = {
    signed_in: `You are signed in to ${host}.`,
    already: `You are signed in to ${host} already. To change that, run logout first.`,
    not_needed: `${host} asks for no sign-in.`,
  } as const
  print(sentences[await accountFor(remote, settings).signIn()])
}

/** Takes the sign-in over that mcp-remote has stored for the same address. */
export async function takeOver(remote: URL, settings: Settings, url: string): Promise<void> {
  const { resource, authorizeParameters, clientMetadataUrl } = settings.signIn
  const foreign = await readMcpRemote(
    {
      url,
      ...(resource && { resource }),
      ...(authorizeParameters && { authorizeParameters }),
      ...(clientMetadataUrl !== undefined && { clientMetadataUrl }),
    },
    process.env,
  )
  if (!foreign)
    throw new Fault(
      `mcp-remote has stored no sign-in for ${url}. Give the address as it was given there, or run login.`,
    )
  await accountFor(remote, settings).adopt(foreign)
  print(
    `The sign-in of mcp-remote to ${remote.host} is taken over. Do not run both: each renewal ends the other's token.`,
  )
}

/** Gives a sign-in back and forgets it. */
export async function logout(remote: URL, settings: Settings): Promise<void> {
  const { host } = remote
  const { wasSignedIn, revoked } = await accountFor(remote, settings).signOut()
  if (!wasSignedIn) return print(`Nobody was signed in to ${host}.`)
  return print(
    revoked
      ? `You are signed out of ${host}.`
      : `The sign-in to ${host} is forgotten here. The server did not confirm its end: end it in your account there, too.`,
  )
}

/** Shows what is stored: for one server, or for all. */
export async function status(settings: Settings, remote?: URL): Promise<void> {
  if (remote) {
    const one = await accountFor(remote, settings).status()
    return print(one ? linesFor(one) : `Nobody is signed in to ${remote.host}.`)
  }
  const all = await storedIn(settings)
  return print(all.length > 0 ? all.map(linesFor).join('\n\n') : 'No sign-in is stored.')
}

/** Shows the servers that somebody is signed in to. */
export async function list(settings: Settings): Promise<void> {
  const servers = (await storedIn(settings)).filter(({ hasToken }) => hasToken).map(({ server }) => server)
  print(servers.length > 0 ? servers.toSorted().join('\n') : 'No sign-in is stored.')
}

async function storedIn(settings: Settings): Promise<readonly AccountStatus[]> {
  const { credentials } = partsFrom(settings)
  const entries = await credentials.list()
  const all = await Promise.all(entries.map((entry) => statusOf(credentials, entry)))
  return all.flatMap((one) => one ?? [])
}

const protections: Readonly<Record<AccountStatus['protection'], string>> = {
  sealed: 'in an encrypted file',
  plain: 'in a file that only you can read, NOT ENCRYPTED',
  memory: 'nowhere',
}

function linesFor({
  server,
  issuer,
  protection,
  scope,
  isRenewable,
  hasToken,
  expiresAt,
}: AccountStatus): string {
  const ends = expiresAt === undefined ? 'not known' : new Date(expiresAt).toISOString()
  const lines = [
    server,
    `  signed in at   ${issuer}`,
    `  state          ${hasToken ? 'signed in' : 'signed out: the next use asks for a sign-in'}`,
    ...(scope === undefined ? [] : [`  permissions    ${scope}`]),
    `  token ends     ${ends}${isRenewable ? ', and renews itself' : ''}`,
    `  stored         ${protections[protection]}`,
  ]
  return lines.join('\n')
}
