import { createAccount, statusOf } from '@telamon/bridge'
import type { Account, AccountStatus } from '@telamon/bridge'

import type { Settings } from './arguments.ts'
import { print } from './output.ts'
import { cacheFor, partsFrom } from './parts.ts'

type ForServer = Settings & { readonly remote: URL }

function accountFor(settings: ForServer): Account {
  const cache = cacheFor(settings, settings.remote)
  return createAccount({ ...settings, ...partsFrom(settings), ...(cache && { cache }) })
}

/** Signs in, and waits for the person as long as a sign-in may take. */
export async function login(settings: ForServer): Promise<void> {
  const { host } = settings.remote
  const sentences = {
    signed_in: `You are signed in to ${host}.`,
    already: `You are signed in to ${host} already. To change that, run logout first.`,
    not_needed: `${host} asks for no sign-in.`,
  } as const
  print(sentences[await accountFor(settings).signIn()])
}

/** Gives a sign-in back and forgets it. */
export async function logout(settings: ForServer): Promise<void> {
  const { host } = settings.remote
  const { wasSignedIn, revoked } = await accountFor(settings).signOut()
  if (!wasSignedIn) return print(`Nobody was signed in to ${host}.`)
  print(
    revoked
      ? `You are signed out of ${host}.`
      : `The sign-in to ${host} is forgotten here. The server did not confirm its end: end it in your account there, too.`,
  )
}

/** Shows what is stored: for one server, or for all. */
export async function status(settings: Settings & { readonly remote?: URL }): Promise<void> {
  if (settings.remote) {
    const one = await accountFor({ ...settings, remote: settings.remote }).status()
    return print(one ? linesFor(one) : `Nobody is signed in to ${settings.remote.host}.`)
  }
  const { credentials } = partsFrom(settings)
  const entries = await credentials.list()
  const all = await Promise.all(entries.map((entry) => statusOf(credentials, entry)))
  const texts = all.flatMap((one) => (one ? [linesFor(one)] : []))
  print(texts.length > 0 ? texts.join('\n\n') : 'No sign-in is stored.')
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
