import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import type { Credentials, KeySource } from '../src/index.ts'
import {
  BridgeError,
  createFileCache,
  createFileCredentials,
  createMemoryCredentials,
  entryOf,
  isBridgeError,
} from '../src/index.ts'

const sample: Credentials = {
  server: 'https://mcp.example/mcp',
  issuer: 'https://mcp.example',
  resource: 'https://mcp.example/mcp',
  tokenEndpoint: 'https://mcp.example/token',
  client: { id: 'client', authentication: 'none', redirectUri: 'http://127.0.0.1:1/oauth/callback' },
  scope: 'read',
  accessToken: `at-${'x'.repeat(6_000)}`,
  refreshToken: 'rt-secret',
  issuedAt: 1,
  expiresAt: 2,
}

const keyOf = (text: string): KeySource => ({
  name: 'key of a test',
  read: async () => Buffer.from(text.padEnd(32, '.')),
})

async function folderOfTest(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bridge-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'state')
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(isBridgeError(error, 'not_stored')).toBe(true)
  return error instanceof Error ? error.message : ''
}

test('a plain file says so, and only its owner can read it', async () => {
  const folder = await folderOfTest()
  const store = createFileCredentials({ folder })
  await store.change('a', () => sample)
  expect(await createFileCredentials({ folder }).read('a')).toEqual(sample)
  expect(await readdir(folder)).toEqual(['a.credentials.json'])
  const path = join(folder, 'a.credentials.json')
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
    version: 1,
    protection: 'plain',
    note: expect.stringContaining('NOT ENCRYPTED'),
  })
  expect([await store.protectionOf('a'), await store.list()]).toEqual(['plain', ['a']])
})

test('a sealed file holds no secret, opens with its key, and with no other', async () => {
  const folder = await folderOfTest()
  const store = createFileCredentials({ folder, key: keyOf('one') })
  await store.change('a', () => sample)
  const text = await readFile(join(folder, 'a.credentials.json'), 'utf8')
  expect(text).not.toMatch(/rt-secret|at-xxx|client/)
  expect(await createFileCredentials({ folder, key: keyOf('one') }).read('a')).toEqual(sample)
  expect(await refusalOf(createFileCredentials({ folder, key: keyOf('two') }).read('a'))).toContain(
    'another key',
  )
  expect(await refusalOf(createFileCredentials({ folder }).read('a'))).toContain('encrypted')
  const short = { name: 'short key', read: async () => Buffer.from('short') }
  expect(await refusalOf(createFileCredentials({ folder, key: short }).read('a'))).toContain('32')
})

test('a sealed file that was changed or put in the place of another is refused', async () => {
  const folder = await folderOfTest()
  const store = createFileCredentials({ folder, key: keyOf('one') })
  await store.change('a', () => sample)
  await rename(join(folder, 'a.credentials.json'), join(folder, 'b.credentials.json'))
  expect(await refusalOf(store.read('b'))).toContain('changed or moved')
  await store.change('a', () => sample)
  const path = join(folder, 'a.credentials.json')
  const file = JSON.parse(await readFile(path, 'utf8'))
  const sealed = Buffer.from(file.sealed, 'base64')
  sealed[10] = (sealed[10] ?? 0) ^ 1
  await writeFile(path, JSON.stringify({ ...file, sealed: sealed.toString('base64') }))
  expect(await refusalOf(store.read('a'))).toContain('changed or moved')
  await store.remove('a')
  expect(await store.read('a')).toBeUndefined()
})

test('a plain file is sealed at the next change after a key is given', async () => {
  const folder = await folderOfTest()
  await createFileCredentials({ folder }).change('a', () => sample)
  const store = createFileCredentials({ folder, key: keyOf('one') })
  expect(await store.read('a')).toEqual(sample)
  await store.change('a', (current) => current && { ...current, scope: 'more' })
  expect(await readFile(join(folder, 'a.credentials.json'), 'utf8')).not.toContain('rt-secret')
  expect(await store.read('a')).toMatchObject({ scope: 'more' })
})

test('files and folders that others could read or write are refused, with what to do', async () => {
  const folder = await folderOfTest()
  const store = createFileCredentials({ folder })
  await store.change('a', () => sample)
  const path = join(folder, 'a.credentials.json')
  await chmod(path, 0o640)
  expect(await refusalOf(store.read('a'))).toContain(`chmod go= ${path}`)
  await chmod(folder, 0o755)
  expect(await refusalOf(createFileCredentials({ folder }).change('b', () => sample))).toContain(
    `chmod go= ${folder}`,
  )
  await chmod(folder, 0o700)
  await rm(path)
  await writeFile(join(folder, 'elsewhere'), '{}', { mode: 0o600 })
  await symlink(join(folder, 'elsewhere'), path)
  await refusalOf(store.read('a'))
  await rm(path)
  await mkdir(path, { mode: 0o700 })
  await refusalOf(store.read('a'))
})

test('a file of a newer version is left alone', async () => {
  const folder = await folderOfTest()
  const store = createFileCredentials({ folder })
  await store.change('a', () => sample)
  await writeFile(join(folder, 'a.credentials.json'), JSON.stringify({ version: 2 }))
  expect(await refusalOf(store.change('a', () => sample))).toContain('newer version')
})

const stores = {
  memory: async () => createMemoryCredentials(),
  files: async () => createFileCredentials({ folder: await folderOfTest() }),
}

test.for(['memory', 'files'] as const)('changes of one entry come one after the other (%s)', async (kind) => {
  const store = await stores[kind]()
  const count = 10
  await Promise.all(
    Array.from({ length: count }, () =>
      store.change('a', (current) => Promise.resolve({ ...sample, issuedAt: (current?.issuedAt ?? 0) + 1 })),
    ),
  )
  expect((await store.read('a'))?.issuedAt).toBe(count)
})

test.for(['memory', 'files'] as const)(
  'a change that fails changes nothing, and lets the next one through (%s)',
  async (kind) => {
    const store = await stores[kind]()
    await store.change('a', () => sample)
    await expect(store.change('a', () => Promise.reject(new Error('no network')))).rejects.toThrow(
      'no network',
    )
    expect(await store.change('a', (current) => current)).toEqual(sample)
    expect(await store.change('a', () => undefined)).toBeUndefined()
    expect(await store.list()).toEqual([])
  },
)

test.for(['memory', 'files'] as const)('the turn to sign in is given to one at a time (%s)', async (kind) => {
  const store = await stores[kind]()
  const turns = await Promise.all(Array.from({ length: 5 }, () => store.turn('a')))
  const [turn, ...others] = turns.filter((one) => one !== undefined)
  expect(others).toEqual([])
  expect(turn?.failures).toBe(0)
  await turn?.release('failed')
  expect(await store.failures('a')).toBe(1)
  expect(await store.turn('a')).toMatchObject({ failures: 1 })
})

test('a lock whose holder is dead or has been silent is taken over, and one that is held is not', async () => {
  const folder = await folderOfTest()
  const store = createFileCredentials({ folder })
  await store.change('a', () => sample)
  const path = join(folder, 'a.sign-in.lock')
  const dead = { pid: 2 ** 30, host: hostname(), nonce: 'dead' }
  await writeFile(path, JSON.stringify(dead), { mode: 0o600 })
  const turn = await store.turn('a')
  expect(turn).toBeDefined()
  await turn?.release()
  const elsewhere = { ...dead, host: 'another-machine', nonce: 'far' }
  await writeFile(path, JSON.stringify(elsewhere), { mode: 0o600 })
  expect(await store.turn('a')).toBeUndefined()
  await utimes(path, new Date(0), new Date(0))
  const late = await Promise.all([store.turn('a'), store.turn('a'), store.turn('a')])
  expect(late.filter((one) => one !== undefined)).toHaveLength(1)
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid })
})

test('waiting for a lock ends with the signal', async () => {
  const store = createFileCredentials({ folder: await folderOfTest() })
  const { promise: begun, resolve: begin } = Promise.withResolvers<() => void>()
  const held = store.change('a', () => new Promise((resolve) => begin(() => resolve(sample))))
  const finish = await begun
  await expect(
    store.change('a', () => sample, { signal: AbortSignal.abort(new Error('enough')) }),
  ).rejects.toThrow('enough')
  finish()
  await held
})

test('entries are named after the host, and addresses are told apart', () => {
  const names = ['https://a.example/mcp', 'https://a.example/v1/mcp', 'http://[::1]:80/../x'].map((url) =>
    entryOf(new URL(url)),
  )
  expect(new Set(names).size).toBe(3)
  for (const name of names) expect(name).toMatch(/^[\w.-]+-[0-9a-f]{16}$/)
})

test('a cache keeps what it is given, and takes what is damaged for nothing', async () => {
  const folder = await folderOfTest()
  const cache = createFileCache({ folder, entry: 'a' })
  expect(await cache.read()).toBeUndefined()
  const known = {
    capabilities: { tools: {} },
    serverInfo: { name: 'x', version: '1' },
    instructions: 'Hello',
  }
  const connection = { era: 'modern', at: 5, known, lists: { 'tools/list': '{"tools":[]}' } } as const
  await cache.write(connection)
  expect(await cache.read()).toEqual(connection)
  await writeFile(join(folder, 'a.server.json'), '{"version":1,"era":"future"}')
  expect(await cache.read()).toBeUndefined()
  await cache.remove()
  expect(await readdir(folder)).toEqual([])
})

test('a key that is not to be had leaves files plain, unless something is encrypted with it already', async () => {
  const folder = await folderOfTest()
  let key: Buffer | undefined
  const asked: boolean[] = []
  const source = {
    name: 'keychain',
    async read({ needed }: { readonly needed: boolean }) {
      asked.push(needed)
      if (key === undefined && needed) throw new BridgeError('not_stored', 'The keychain is locked.')
      return key
    },
  }
  const first = createFileCredentials({ folder, key: source })
  await first.change('plain', () => sample)
  expect(await first.protectionOf('plain')).toBe('plain')
  key = Buffer.alloc(32, 7)
  const second = createFileCredentials({ folder, key: source })
  await second.change('sealed', () => sample)
  expect(await second.protectionOf('sealed')).toBe('sealed')
  key = undefined
  const third = createFileCredentials({ folder, key: source })
  expect(await third.read('plain')).toEqual(sample)
  await expect(third.read('sealed')).rejects.toThrow('locked')
  await expect(third.change('other', () => sample)).rejects.toThrow('locked')
  key = Buffer.alloc(32, 7)
  expect(await third.read('sealed')).toEqual(sample)
  expect(asked).toEqual([false, false, true, true, true])
})
