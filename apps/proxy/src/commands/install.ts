import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { Client } from '../clients/clients.ts'
import { clients } from '../clients/clients.ts'
import { difference } from '../clients/difference.ts'
import { withMember } from '../clients/jsonc.ts'
import { launchOf } from '../clients/launch.ts'
import { Fault } from '../fault.ts'
import { readLine } from '../input.ts'
import { print } from '../output.ts'
import type { InstallCommand } from '../settings/arguments.ts'
import { version } from '../version.ts'

/** Writes a client's configuration, after it has shown what changes and been told to. */
export async function install({ client, remote, name, asks, args }: InstallCommand): Promise<void> {
  const { title, afterwards, ...rest }: Client = clients[client]
  const { platform, env: environment, execPath: node, argv } = process
  const file = await followed(rest.file({ platform, environment }))
  const before = await textOf(file)
  const launch = launchOf({ node, script: argv[1] ?? '', version, platform })
  const key = name ?? nameOf(remote)
  const entry = { ...rest.extra, command: launch.command, args: [...launch.args, ...args] }
  const after = withMember(before ?? '', [rest.member, key], entry)
  if (after === undefined)
    throw new Fault(`${file} is not what ${title} writes there. Nothing was changed. Correct it first.`)
  if (after === before) return print(`${title} has "${key}" already. Nothing is to be changed.`)
  print(`${file}\n\n${difference(before ?? '', after)}\n`)
  if (asks && !(await agrees())) return print('Nothing was changed.')
  const backup = before === undefined ? undefined : await backUp(file)
  await replace(file, after)
  const kept = backup === undefined ? '' : ` The old one is ${backup}.`
  return print(`Written.${kept} ${afterwards}`)
}

/** The server's name in the client: its host, without what all hosts have. */
function nameOf({ hostname }: URL): string {
  return hostname.replace(/^(?:www|mcp)\./, '').replace(/[^\w.-]/g, '') || 'server'
}

/** A configuration may be a link into a folder that is kept elsewhere. */
async function followed(file: string): Promise<string> {
  return realpath(file).catch(() => file) // It is not there yet.
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Fault(`${file} cannot be read. Check its permissions.`, { cause: error })
  }
}

async function agrees(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Fault('There is nobody to ask. Give --yes to write without asking.')
  const answer = await readLine('Write this? [y/N] ', new AbortController().signal)
  return /^y(?:es)?$/i.test(answer.trim())
}

async function backUp(file: string): Promise<string> {
  const copy = `${file}.${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}.bak`
  await copyFile(file, copy)
  return copy
}

/** Whole or not at all, with the permissions that were there. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const mode = await stat(file).then(
    (stats) => stats.mode & 0o777,
    () => 0o600,
  )
  const temporary = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(temporary, text, { mode, flag: 'wx' })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw new Fault(`${file} cannot be written. Nothing was changed. Check its permissions.`, {
      cause: error,
    })
  }
}
