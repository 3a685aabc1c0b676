import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Client, ClientName } from '../src/clients/clients.ts'
import { clients, isClientName } from '../src/clients/clients.ts'
import { difference } from '../src/clients/difference.ts'
import { withMember } from '../src/clients/jsonc.ts'
import { launchOf } from '../src/clients/launch.ts'
import { makeHome, start } from './program.ts'

const names = Object.keys(clients).filter(isClientName)
const url = 'https://mcp.example/mcp'

function fileOf(name: ClientName, folder: string): string {
  const client: Client = clients[name]
  return client.file({ platform: process.platform, environment: { HOME: folder } })
}

test.for(names)(
  '%s gets its entry in a file of its own, and nothing the second time',
  { timeout: 60_000 },
  async (name) => {
    const home = await makeHome()
    const first = start(home, 'install', name, url, '--yes', '--read-only')
    expect(await first.exited).toMatchObject({ code: 0 })
    expect(first.stdout()).toContain('+   ')
    const file = fileOf(name, home.folder)
    const { member, extra }: Client = clients[name]
    const written = JSON.parse(await readFile(file, 'utf8'))
    const args = [expect.stringMatching(/main\.ts$/), url, '--read-only']
    expect(written).toEqual({ [member]: { example: { ...extra, command: process.execPath, args } } })
    const again = start(home, 'install', name, url, '--yes', '--read-only')
    expect(await again.exited).toMatchObject({ code: 0 })
    expect(again.stdout()).toContain('already')
    expect((await readdir(dirname(file))).filter((one) => one.endsWith('.bak'))).toEqual([])
  },
)

test(
  'comments and other entries stay, a copy is kept, and a link leads to the file behind it',
  { timeout: 60_000 },
  async () => {
    const home = await makeHome()
    const before = `// mine
{
    "theme": "dark", /* keep */
    "context_servers": {
        "other": { "command": "x", "args": [] }, // the other one
    },
}
`
    const [file, behind] = [fileOf('zed', home.folder), join(home.folder, 'dotfiles.json')]
    await mkdir(dirname(file), { recursive: true })
    await writeFile(behind, before, { mode: 0o640 })
    await symlink(behind, file)
    const program = start(home, 'install', 'zed', url, '--name=mine', '--yes')
    expect(await program.exited).toMatchObject({ code: 0 })
    const after = await readFile(behind, 'utf8')
    for (const line of before.split('\n')) expect(after).toContain(line)
    expect(after).toContain('        "mine": {\n            "source": "custom",')
    expect((await stat(behind)).mode & 0o777).toBe(0o640)
    const copy = (await readdir(home.folder)).find((name) => name.endsWith('.bak')) ?? ''
    expect(await readFile(join(home.folder, copy), 'utf8')).toBe(before)
  },
)

test('without --yes and without a terminal nothing is written', { timeout: 60_000 }, async () => {
  const home = await makeHome()
  const program = start(home, 'install', 'cursor', url)
  expect(await program.exited).toMatchObject({ code: 1 })
  expect(program.stdout()).toContain('+ ')
  expect(program.stderr()).toContain('--yes')
  await expect(readFile(fileOf('cursor', home.folder))).rejects.toThrow('ENOENT')
})

test('a configuration that is broken is left alone', { timeout: 60_000 }, async () => {
  const home = await makeHome()
  const file = fileOf('cursor', home.folder)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, '{ "mcpServers": [')
  const program = start(home, 'install', 'cursor', url, '--yes')
  expect(await program.exited).toMatchObject({ code: 1 })
  expect(program.stderr()).toContain('Nothing was changed')
  expect(await readFile(file, 'utf8')).toBe('{ "mcpServers": [')
})

test('a member is set in any JSON object, and all others stay what they were', () => {
  const key = fc.string({ maxLength: 5 }).filter((name) => name !== '__proto__')
  const before = fc.dictionary(key, fc.dictionary(key, fc.jsonValue({ maxDepth: 3 })), {
    noNullPrototype: true,
  })
  const place = fc.tuple(key, key)
  fc.assert(
    fc.property(before, place, fc.constantFrom(0, 2, 4, '\t'), (object, [outer, inner], indent) => {
      const after = withMember(JSON.stringify(object, undefined, indent), [outer, inner], { new: [1] })
      const changed = { ...object, [outer]: { ...object[outer], [inner]: { new: [1] } } }
      expect(JSON.parse(after ?? '')).toEqual(JSON.parse(JSON.stringify(changed)))
    }),
  )
})

test.for([
  ['', '{\n  "a": {\n    "b": 1\n  }\n}\n'],
  ['{}', '{\n  "a": {\n    "b": 1\n  }\n}'],
  ['{\r\n\t"x": 1\r\n}\r\n', '{\r\n\t"x": 1,\r\n\t"a": {\r\n\t\t"b": 1\r\n\t}\r\n}\r\n'],
  ['{ "a": { } }', '{ "a": {\n    "b": 1\n  }\n}'],
  ['{ "a": { "b": [1, /* c */ 2,], } }', '{ "a": { "b": 1, } }'],
  ['{\n  "x": 1 // one\n}', '{\n  "x": 1, // one\n  "a": {\n    "b": 1\n  }\n}'],
  ['{ // nothing yet\n}', '{ // nothing yet\n  "a": {\n    "b": 1\n  }\n}'],
] as const)('%j becomes %j', ([before, after]) => {
  const result = withMember(before, ['a', 'b'], 1) ?? ''
  expect(result.replace(/\s+/g, ' ')).toBe(after.replace(/\s+/g, ' '))
  expect(result.includes('\r\n')).toBe(before.includes('\r\n'))
})

test.for([
  '[]',
  '{ "a": 1 }',
  '{ "x": }',
  '{ "x" 1 }',
  '{} {}',
  '{ "x": [1 2] }',
  'nonsense',
  '{ "x": "\n" }',
])('%j is refused', (text) => {
  expect(withMember(text, ['a', 'b'], 1)).toBeUndefined()
})

test('a difference shows what goes, what comes, and three lines around', () => {
  expect(difference('1\n2\n3\n4\n5\n', '1\n2\n3\n4\nnew\n5\n')).toBe('  2\n  3\n  4\n+ new\n  5')
  expect(difference('', 'a\n')).toBe('+ a')
})

test('the proxy is started by full paths, and from the cache of npx in one version', () => {
  const self = { node: '/opt/node/bin/node', script: '/opt/proxy/main.js', version: '1.2.3' } as const
  expect(launchOf({ ...self, platform: 'linux' })).toEqual({ command: self.node, args: [self.script] })
  const cached = { ...self, script: '/home/me/.npm/_npx/ab/node_modules/@telamon/proxy/dist/main.js' }
  expect(launchOf({ ...cached, platform: 'darwin' })).toEqual({
    command: '/opt/node/bin/npx',
    args: ['-y', '@telamon/proxy@1.2.3'],
  })
  expect(launchOf({ ...cached, platform: 'win32' })).toEqual({
    command: 'cmd',
    args: ['/c', 'npx', '-y', '@telamon/proxy@1.2.3'],
  })
})
