import { expect, test } from 'vitest'

import { readArguments } from '../src/arguments.ts'
import { help } from '../src/help.ts'
import { refusalFor } from '../src/node-version.ts'
import { stateFolder } from '../src/places.ts'

const read = (...args: string[]) => readArguments(args, { TOKEN: 'a b', EMPTY: '' })

test('an address alone runs the proxy with the defaults', () => {
  expect(read('https://mcp.example/mcp#part')).toEqual({
    run: 'proxy',
    remote: new URL('https://mcp.example/mcp'),
    headers: {},
    allowHttp: false,
    storage: 'plain',
    timeout: 300,
    authTimeout: 30,
    debug: false,
  })
})

test('options stand anywhere and in either form', () => {
  expect(
    read(
      '--debug',
      '--header=X-Team: blue',
      'https://mcp.example/mcp',
      '--timeout',
      '0',
      '3334',
      '--host=localhost',
      '--auth-timeout=1.5',
    ),
  ).toMatchObject({
    run: 'proxy',
    debug: true,
    headers: { 'x-team': 'blue' },
    timeout: 0,
    authTimeout: 1.5,
    callbackPort: 3_334,
    callbackHost: 'localhost',
  })
})

test('commands take the address after their name', () => {
  expect(read('login', 'https://mcp.example/mcp', '3334')).toMatchObject({
    run: 'login',
    callbackPort: 3_334,
  })
  expect(read('logout', 'https://mcp.example/mcp')).toMatchObject({ run: 'logout' })
  expect(read('status')).toMatchObject({ run: 'status' })
  expect(read('status', 'https://mcp.example/mcp')).toMatchObject({
    remote: new URL('https://mcp.example/mcp'),
  })
  expect(read('--help')).toEqual({ run: 'help' })
  expect(read('--version', 'anything')).toEqual({ run: 'version' })
})

test('variables stand for their values in headers', () => {
  expect(
    read('--header', 'Authorization:Bearer ${TOKEN}', '--header=X-None:${EMPTY}', 'https://mcp.example/mcp'),
  ).toMatchObject({
    headers: { authorization: 'Bearer a b', 'x-none': '' },
  })
})

test.for([
  [[], 'address of the server is missing'],
  [['login'], 'address of the server is missing'],
  [['mcp.example'], 'is no address'],
  [['ftp://mcp.example'], 'ftp:'],
  [['http://mcp.example/mcp'], '--allow-http'],
  [['https://me:secret@mcp.example/mcp'], '--header'],
  [['https://mcp.example/mcp', 'port'], 'no port'],
  [['https://mcp.example/mcp', '70000'], 'no port'],
  [['https://mcp.example/mcp', '1', '2'], 'too many'],
  [['https://mcp.example/mcp', '--unknown'], 'Unknown option'],
  [['https://mcp.example/mcp', '--header', 'nothing'], 'NAME:VALUE'],
  [['https://mcp.example/mcp', '--header', 'Host:x'], 'belongs to the protocol'],
  [['https://mcp.example/mcp', '--header', 'X-A:${NOT_SET}'], 'NOT_SET'],
  [['https://mcp.example/mcp', '--header', 'X-A:a\nb'], 'no header may hold'],
  [['https://mcp.example/mcp', '--host', 'evil.example'], '127.0.0.1 or localhost'],
  [['https://mcp.example/mcp', '--storage', 'cloud'], 'plain or memory'],
  [['https://mcp.example/mcp', '--storage=memory', '--key-file=k'], 'Leave one of them out'],
  [['https://mcp.example/mcp', '--key-file=k', '--key-command=c'], 'not both'],
  [['https://mcp.example/mcp', '--timeout', 'soon'], '--timeout soon'],
  [['https://mcp.example/mcp', '--timeout=-1'], '--timeout -1'],
] as const)('%j is refused in words', ([args, words]) => {
  expect(() => read(...args)).toThrow(words)
})

test('no fault repeats a secret', () => {
  expect(() => read('https://me:secret@mcp.example/mcp')).not.toThrow('secret')
  expect(() => read('https://mcp.example/mcp', '--header', 'secret value without a name')).not.toThrow(
    'secret',
  )
})

test('the help names every option that is known, and none besides', () => {
  const named = new Set(help.match(/--[a-z][a-z-]*/g))
  expect([...named].toSorted()).toEqual(
    [
      'allow-http',
      'auth-timeout',
      'debug',
      'header',
      'help',
      'host',
      'key-command',
      'key-file',
      'storage',
      'timeout',
      'version',
    ].map((name) => `--${name}`),
  )
})

test('sign-ins are kept where the system wants them', () => {
  expect(stateFolder({ XDG_STATE_HOME: '/state' }, 'linux')).toBe('/state/telamon/proxy')
  expect(stateFolder({ XDG_STATE_HOME: 'relative' }, 'linux')).toMatch(/\/\.local\/state\/telamon\/proxy$/)
  expect(stateFolder({}, 'darwin')).toMatch(/\/Library\/Application Support\/telamon\/proxy$/)
  expect(stateFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/telamon/proxy')
})

test('an old Node is told so in one sentence, with its place', () => {
  expect(refusalFor('20.0.0')).toBeUndefined()
  expect(refusalFor('18.20.4')).toContain(`started with Node 18.20.4 (${process.execPath})`)
})
