import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { Home } from './program.ts'
import { makeHome, start } from './program.ts'
import { read } from './reading.ts'
import type { TestServer } from './server.ts'
import { startServer } from './server.ts'

const echo = { name: 'echo', arguments: { text: 'hello' } }
const client = { client_id: 'client', redirect_uris: ['http://localhost:4000/oauth/callback'] }

/** Writes what mcp-remote would have written. */
async function leaveBehind({ folder }: Home, { url }: TestServer, tokens: object): Promise<void> {
  const place = join(folder, '.mcp-auth', 'mcp-remote-v1')
  const name = createHash('md5').update(url).digest('hex')
  await mkdir(place, { recursive: true })
  await writeFile(join(place, `${name}_tokens.json`), JSON.stringify(tokens))
  await writeFile(join(place, `${name}_client_info.json`), JSON.stringify(client))
}

test(
  'a sign-in of mcp-remote is taken over, used and renewed without a window',
  { timeout: 60_000 },
  async () => {
    const [home, server] = [await makeHome(), await startServer()]
    server.admit({ access: 'access-of-old', refresh: 'refresh-of-old' })
    const tokens = { access_token: 'access-of-old', refresh_token: 'refresh-of-old', token_type: 'Bearer' }
    await leaveBehind(home, server, { ...tokens, issuer: new URL(server.url).origin })
    const taking = start(home, 'import', server.url)
    expect(await taking.exited).toMatchObject({ code: 0 })
    const program = start(home, server.url)
    await program.initialize()
    expect((await program.request('tools/call', echo)).result).toMatchObject({ content: [{ text: 'hello' }] })
    server.forget()
    expect((await program.request('tools/call', echo)).result).toMatchObject({ content: [{ text: 'hello' }] })
    expect(server.counts).toMatchObject({ registrations: 0, authorizations: 0, refreshes: 1 })
    expect(taking.stdout() + taking.stderr() + program.stderr()).not.toContain('of-old')
  },
)

test('tokens of another issuer are not taken over, and neither is nothing', { timeout: 60_000 }, async () => {
  const [home, server] = [await makeHome(), await startServer()]
  const none = start(home, 'import', server.url)
  expect(await none.exited).toMatchObject({ code: 1 })
  expect(none.stderr()).toContain('stored no sign-in')
  await leaveBehind(home, server, { access_token: 'a', issuer: 'https://other.example' })
  const other = start(home, 'import', server.url)
  expect(await other.exited).toMatchObject({ code: 1 })
  expect(other.stderr()).toContain('is of https://other.example')
})

test('a client that was registered by hand is waited for at the port of mcp-remote', () => {
  const url = 'https://mcp.example/mcp'
  const port = 3_335 + (parseInt(createHash('md5').update(url).digest('hex').slice(0, 4), 16) % 45_816)
  const info = '--static-oauth-client-info={"client_id":"me"}'
  expect(read(url, info)).toMatchObject({ settings: { signIn: { callbackPort: port } } })
  expect(read(url, '4000', info)).toMatchObject({ settings: { signIn: { callbackPort: 4_000 } } })
  expect(read(url)).not.toHaveProperty('settings.signIn.callbackPort')
})
