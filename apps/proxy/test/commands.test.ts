import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { makeHome, start } from './program.ts'
import { startServer } from './server.ts'

const echo = { name: 'echo', arguments: { text: 'x'.repeat(3_000) } }

test(
  'check ends well where nothing is wrong, and badly where something is',
  { timeout: 60_000 },
  async () => {
    const [home, server] = [await makeHome(), await startServer({ isOpen: true })]
    const well = start(home, 'check', server.url)
    expect(await well.exited).toMatchObject({ code: 0 })
    expect(well.stdout()).toContain('Nothing is wrong.')
    const wrong = start(home, 'http://127.0.0.1:9/mcp', '--check')
    expect(await wrong.exited).toMatchObject({ code: 1 })
    expect(wrong.stdout()).toContain('WRONG  connection')
  },
)

test(
  'login takes a pasted address from standard input; list names the server',
  { timeout: 60_000 },
  async () => {
    const [home, server] = [await makeHome(), await startServer()]
    const login = start(home, 'login', server.url, '--paste')
    await expect.poll(() => login.stderr(), { timeout: 30_000 }).toContain('paste the address')
    const [, url = ''] = /To sign in, open (\S+)/.exec(login.stderr()) ?? []
    login.write('http://127.0.0.1/oauth/callback?code=forged&state=forged\n')
    await expect.poll(() => login.stderr(), { timeout: 30_000 }).toContain('not the answer to this sign-in')
    const answer = await fetch(url, { redirect: 'manual' })
    login.write(`${answer.headers.get('location')}\n`)
    expect(await login.exited).toMatchObject({ code: 0 })
    expect(login.stdout()).toContain('You are signed in')
    expect(await home.opened()).toEqual([])
    const list = start(home, 'list')
    await list.exited
    expect(list.stdout()).toBe(`${server.url}\n`)
  },
)

test('profiles keep two accounts of one server apart', { timeout: 60_000 }, async () => {
  const [home, server] = [await makeHome(), await startServer()]
  for (const profile of ['work', 'home']) {
    const login = start(home, 'login', server.url, `--profile=${profile}`)
    expect(await login.exited).toMatchObject({ code: 0 })
    expect(login.stdout()).toContain('You are signed in')
  }
  expect(server.counts.authorizations).toBe(2)
  const logout = start(home, 'logout', server.url, '--profile=work')
  await logout.exited
  const [work, other] = [
    start(home, 'status', server.url, '--profile=work'),
    start(home, 'status', server.url, '--profile=home'),
  ]
  await Promise.all([work.exited, other.exited])
  expect(work.stdout()).toContain('Nobody is signed in')
  expect(other.stdout()).toContain('signed in at')
})

test(
  'a large result is cut, and the whole is in a file that only this person can read',
  { timeout: 60_000 },
  async () => {
    const [home, server] = [await makeHome(), await startServer({ isOpen: true })]
    const program = start(home, server.url, '--max-result=1KB')
    await program.initialize()
    const { result } = await program.request('tools/call', echo)
    const [, file = ''] = /"uri":"(file:[^"]+)"/.exec(JSON.stringify(result)) ?? []
    expect(await readFile(fileURLToPath(file), 'utf8')).toContain('x'.repeat(3_000))
    expect((await stat(fileURLToPath(file))).mode & 0o777).toBe(0o600)
  },
)

test('an option of the environment is obeyed, and --silent says nothing', { timeout: 60_000 }, async () => {
  const [home, server] = [await makeHome(), await startServer()]
  const environment = {
    ...home.environment,
    TELAMON_PROXY_IGNORE_TOOL: 'echo',
    TELAMON_PROXY_URL: server.url,
  }
  const program = start({ ...home, environment }, '--silent')
  await program.initialize()
  expect((await program.request('tools/call', echo)).error?.message).toContain('hidden by the settings')
  program.end()
  await program.exited
  expect(program.stderr()).toBe('')
})
