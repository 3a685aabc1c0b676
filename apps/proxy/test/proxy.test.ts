import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { makeHome, start } from './program.ts'
import { startServer } from './server.ts'

const echo = { name: 'echo', arguments: { text: 'hello' } }
const hello = { content: [{ type: 'text', text: 'hello' }] }

test(
  'initialize is answered while the server is down, and nothing but messages is on standard output',
  { timeout: 60_000 },
  async () => {
    const program = start(await makeHome(), 'http://127.0.0.1:9/mcp')
    expect((await program.initialize()).result).toMatchObject({ protocolVersion: '2025-06-18' })
    expect((await program.request('tools/call', echo)).error?.message).toContain('Nothing listens there')
    program.end()
    expect(await program.exited).toEqual({ code: 0, signal: null })
    for (const line of program.stdout().trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' })
    expect(program.stderr()).toContain('telamon-proxy: 127.0.0.1:9 cannot be reached. Nothing listens there.')
  },
)

test(
  'a person signs in once; the next start needs no window; status and logout tell the truth',
  { timeout: 60_000 },
  async () => {
    const [home, server] = [await makeHome(), await startServer()]
    const first = start(home, server.url, '--debug')
    await first.initialize()
    expect((await first.request('tools/call', echo)).result).toEqual(hello)
    first.end()
    expect(await first.exited).toEqual({ code: 0, signal: null })
    expect(await home.opened()).toEqual([expect.stringContaining('/authorize?')])
    expect(first.stderr()).toContain('Signed in to 127.0.0.1')
    expect(first.stderr()).toContain('not encrypted')

    const folder = join(home.folder, 'state', 'telamon', 'proxy')
    const names = await readdir(folder)
    expect(names.map((name) => name.replace(/^127\.0\.0\.1_\d+-[0-9a-f]{16}/, '*')).toSorted()).toEqual([
      '*.credentials.json',
      '*.server.json',
    ])
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)

    const second = start(home, server.url)
    await second.initialize()
    expect((await second.request('tools/call', echo)).result).toEqual(hello)
    second.end()
    expect(await second.exited).toEqual({ code: 0, signal: null })
    expect(second.stderr()).toBe('')
    expect(server.sessions.size).toBe(0)

    const status = start(home, 'status')
    expect(await status.exited).toMatchObject({ code: 0 })
    expect(status.stdout()).toContain(`${server.url}\n  signed in at   ${new URL(server.url).origin}`)
    expect(status.stdout()).toContain('NOT ENCRYPTED')

    const logout = start(home, 'logout', server.url)
    expect(await logout.exited).toMatchObject({ code: 0 })
    expect(logout.stdout()).toContain('You are signed out')
    expect(server.counts).toMatchObject({ registrations: 1, authorizations: 1, revocations: 1 })
    expect(await readdir(folder)).toEqual([])
    const told = [first, second, status, logout].map((one) => one.stdout() + one.stderr()).join('')
    expect(server.secrets().filter((secret) => told.includes(secret))).toEqual([])
    expect(first.stderr()).not.toContain('hello')
  },
)

test(
  'login signs in ahead of the first use, and a key keeps the file closed',
  { timeout: 60_000 },
  async () => {
    const [home, server] = [await makeHome(), await startServer()]
    const key = join(home.folder, 'key')
    await writeFile(key, 'k'.repeat(32), { mode: 0o600 })
    const login = start(home, 'login', server.url, '--key-file', key)
    expect(await login.exited).toMatchObject({ code: 0 })
    expect(login.stdout()).toContain('You are signed in')
    const folder = join(home.folder, 'state', 'telamon', 'proxy')
    const name = (await readdir(folder)).find((one) => one.endsWith('.credentials.json')) ?? ''
    const text = await readFile(join(folder, name), 'utf8')
    expect(server.secrets().filter((secret) => text.includes(secret))).toEqual([])

    const locked = start(home, server.url)
    await locked.initialize()
    expect((await locked.request('tools/call', echo)).error?.message).toContain('--key-file')
    const open = start(home, server.url, `--key-command=cat ${key}`)
    await open.initialize()
    expect((await open.request('tools/call', echo)).result).toEqual(hello)
    expect(await home.opened()).toHaveLength(1)
  },
)

test(
  'five instances open one window, and renew a token once when all are refused at once',
  { timeout: 120_000 },
  async () => {
    const [home, server] = [await makeHome(), await startServer()]
    const programs = Array.from({ length: 5 }, () => start(home, server.url))
    await Promise.all(programs.map((program) => program.initialize()))
    const before = await Promise.all(programs.map((program) => program.request('tools/call', echo)))
    expect(before.map(({ result }) => result)).toEqual(programs.map(() => hello))
    expect(server.counts).toMatchObject({ registrations: 1, authorizations: 1, refreshes: 0 })
    server.forget()
    const after = await Promise.all(programs.map((program) => program.request('tools/call', echo)))
    expect(after.map(({ result }) => result)).toEqual(programs.map(() => hello))
    expect(server.counts).toMatchObject({ refreshes: 1, reused: 0, authorizations: 1 })
    expect(await home.opened()).toHaveLength(1)
    for (const program of programs) program.end()
    expect(await Promise.all(programs.map(({ exited }) => exited))).toEqual(
      programs.map(() => ({ code: 0, signal: null })),
    )
    expect(server.sessions.size).toBe(0)
  },
)

test.for(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s ends the program well, with its session and its calls',
  { timeout: 60_000 },
  async (signal) => {
    const server = await startServer({ isOpen: true })
    const program = start(await makeHome(), server.url)
    await program.initialize()
    const endless = program.request('tools/call', { name: 'endless' })
    await server.called('endless')
    program.child.kill(signal)
    expect((await endless).error).toMatchObject({ data: { reason: 'outcome_unknown', executed: 'unknown' } })
    expect(await program.exited).toEqual({ code: 0, signal: null })
    expect(server.sessions.size).toBe(0)
  },
)

test(
  'a host that closes its reading end ends the program, with its session',
  { timeout: 60_000 },
  async () => {
    const server = await startServer({ isOpen: true })
    const program = start(await makeHome(), server.url)
    await program.initialize()
    await program.request('tools/call', echo)
    program.child.stdout?.destroy()
    program.write(`${JSON.stringify({ jsonrpc: '2.0', id: 'x', method: 'ping' })}\n`)
    expect(await program.exited).toEqual({ code: 0, signal: null })
    expect(server.sessions.size).toBe(0)
  },
)

test('with --storage memory nothing is written', { timeout: 60_000 }, async () => {
  const [home, server] = [await makeHome(), await startServer()]
  const program = start(home, server.url, '--storage=memory')
  await program.initialize()
  expect((await program.request('tools/call', echo)).result).toEqual(hello)
  program.end()
  await program.exited
  expect((await readdir(home.folder)).toSorted()).toEqual(['browser.mjs', 'opened'])
})

test(
  'faults of the command line and questions about the program are answered in words',
  { timeout: 60_000 },
  async () => {
    const home = await makeHome()
    const unknown = start(home, '--bogus', 'https://mcp.example/mcp')
    expect(await unknown.exited).toMatchObject({ code: 1 })
    expect([unknown.stdout(), unknown.stderr()]).toEqual([
      '',
      "telamon-proxy: Unknown option '--bogus'. See --help.\n",
    ])
    const version = start(home, '--version')
    expect(await version.exited).toMatchObject({ code: 0 })
    expect(version.stdout()).toMatch(/^\d+\.\d+\.\d+\n$/)
    const help = start(home, '--help')
    await help.exited
    expect(help.stdout()).toContain('telamon-proxy URL [PORT]')
  },
)
