import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { makeHome, start } from './program.ts'
import { startServer } from './server.ts'

/** All that stands in the files of a folder and below. */
async function textOf(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), 'utf8'))
  return (await Promise.all(texts)).join('\n')
}

test(
  'neither standard error nor any file holds a secret, with --debug and a key',
  { timeout: 120_000 },
  async () => {
    const [home, server] = [await makeHome(), await startServer()]
    const [key, client] = [join(home.folder, 'key'), join(home.folder, 'client.json')]
    const given = ['header-secret', 'client-secret', 'argument-secret']
    await writeFile(key, 'k'.repeat(32), { mode: 0o600 })
    await writeFile(client, JSON.stringify({ client_id: 'client', client_secret: '${CLIENT_SECRET}' }))
    const environment = { ...home.environment, HEADER: 'header-secret', CLIENT_SECRET: 'client-secret' }
    const options = [
      '--debug',
      `--key-file=${key}`,
      '--header-env=X-Secret=HEADER',
      `--static-oauth-client-info=@${client}`,
    ]
    const program = start({ ...home, environment }, server.url, ...options)
    await program.initialize()
    const call = { name: 'echo', arguments: { text: 'argument-secret' } }
    expect((await program.request('tools/call', call)).result).toMatchObject({ content: [{ type: 'text' }] })
    server.forget()
    expect((await program.request('tools/call', call)).result).toMatchObject({ content: [{ type: 'text' }] })
    program.write('{"broken": "argument-secret"\n')
    program.end()
    await program.exited
    expect(server.counts).toMatchObject({ registrations: 0, authorizations: 1, refreshes: 1 })
    const status = start({ ...home, environment }, 'status', server.url, ...options)
    await status.exited
    const check = start({ ...home, environment }, 'check', server.url, ...options)
    await check.exited
    expect(check.stdout()).toContain('takes the stored token')
    const told =
      [program, status, check].map((one) => one.stderr()).join('\n') + status.stdout() + check.stdout()
    const kept = await textOf(join(home.folder, 'state'))
    expect(kept).toContain('"protection": "sealed"')
    const secrets = [...given, ...server.secrets()]
    expect(secrets.filter((secret) => told.includes(secret) || kept.includes(secret))).toEqual([])
  },
)
