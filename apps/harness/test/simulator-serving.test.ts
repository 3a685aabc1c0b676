import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { expect, onTestFinished, test } from 'vitest'

import { readSeedFile } from '../src/simulator/seed-file.ts'
import { serveSimulator } from '../src/simulator/serve.ts'
import type { Served, ServeOptions } from '../src/simulator/serve.ts'

const run = promisify(execFile)
const smallWorld = join(import.meta.dirname, 'support', 'small-world.yaml')

async function served(options: Partial<ServeOptions> = {}): Promise<Served> {
  const serving = await serveSimulator({ port: 0, ...options })
  onTestFinished(serving.stop)
  return serving
}

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'seed-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'seed.yaml')
  writeFileSync(path, text)
  return path
}

test('a seed file makes the world, with its people, issues and pages', async () => {
  const { simulator, sites } = await served({ seed: readSeedFile(smallWorld) })
  const origin = sites['bakery-demo'] ?? ''
  const [ana] = simulator.people
  const authorization = `Basic ${Buffer.from(`${ana?.email}:${ana?.apiToken}`).toString('base64')}`
  const read = async (path: string): Promise<unknown> =>
    (await fetch(`${origin}${path}`, { headers: { authorization } })).json()
  expect(await read('/rest/api/3/issue/BREAD-1?fields=summary,assignee')).toMatchObject({
    fields: { summary: 'Rye loaf', assignee: { displayName: 'Rui Costa' } },
  })
  expect(await read('/wiki/api/v2/pages?title=Rye%20loaf')).toMatchObject({
    results: [{ title: 'Rye loaf' }],
  })
})

test.each([
  ['people: []\nsites: [{ name: Bakery }]\n', /sites\.0\.name/],
  ['people: [{ handle: ana, colour: red }]\nsites: []\n', /people\.0/],
  ['people: [', /cannot be read: .*/],
])('a seed file with a mistake is refused with its place: %j', (text, sentence) => {
  expect(() => readSeedFile(file(text))).toThrow(sentence)
})

test('a seed file that is not there is named', () => {
  expect(() => readSeedFile('/nowhere/seed.yaml')).toThrow('/nowhere/seed.yaml cannot be read')
})

test('made-up issues and pages stand beside the demo', async () => {
  const { simulator } = await served({ seed: { issues: 12, pages: 7 } })
  const plain = await served()
  const [grown, demo] = [simulator, plain.simulator].map((one) => one.summary().sites[0])
  expect((grown?.issues ?? 0) - (demo?.issues ?? 0)).toBe(12)
  expect((grown?.contents ?? 0) - (demo?.contents ?? 0)).toBe(7)
})

test('the administration listens where it was asked for, and nowhere else', async () => {
  const { admin = '', platform, sites } = await served({ admin: true })
  expect(await (await fetch(admin)).text()).toContain('This is a simulator')
  expect(await (await fetch(`${admin}status`)).json()).toMatchObject({ simulator: '@telamon/simulator' })
  for (const origin of [platform, ...Object.values(sites)])
    expect(await (await fetch(`${origin}/_sim/status`)).text()).not.toContain('@telamon/simulator')
  expect((await served()).admin).toBeUndefined()
})

const asking = `
  const [email, token] = process.argv.slice(1)
  const authorization = 'Basic ' + Buffer.from(email + ':' + token).toString('base64')
  const answer = await fetch('https://brightwater-demo.atlassian.net/rest/api/3/serverInfo', { headers: { authorization } })
  const gateway = await fetch('https://api.atlassian.com/me')
  const { get } = await import('node:https')
  const old = await new Promise((resolve, reject) =>
    get('https://api.atlassian.com/me', (response) => resolve(response.resume().statusCode)).on('error', reject))
  console.log(JSON.stringify([await answer.json(), gateway.status, old]))
`

test('a program that knows only Atlassian’s names finds the simulator, by fetch and by node:https', async () => {
  const { tls, simulator } = await served({ tls: true })
  const [maya] = simulator.people
  const { stdout } = await run(
    process.execPath,
    [
      '--import',
      tls?.redirect ?? '',
      '--input-type=module',
      '--eval',
      asking,
      maya?.email ?? '',
      maya?.apiToken ?? '',
    ],
    { env: { NODE_EXTRA_CA_CERTS: tls?.authority ?? '' } },
  )
  const [info, gateway, old] = JSON.parse(stdout)
  expect(info).toMatchObject({
    baseUrl: 'https://brightwater-demo.atlassian.net',
    serverTitle: expect.stringContaining('imulator'),
  })
  expect([gateway, old]).toEqual([401, 401])
})

test('who does not trust the authority is not let in', async () => {
  const { tls, simulator } = await served({ tls: true })
  const [maya] = simulator.people
  const failed = run(
    process.execPath,
    [
      '--import',
      tls?.redirect ?? '',
      '--input-type=module',
      '--eval',
      asking,
      maya?.email ?? '',
      maya?.apiToken ?? '',
    ],
    { env: {} },
  )
  await expect(failed).rejects.toThrow(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED|unable to verify/i)
})
