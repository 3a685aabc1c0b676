import { expect, test } from 'vitest'

import { helpText } from '../src/help.ts'
import { refusalFor } from '../src/node-version.ts'
import { stateFolder } from '../src/places.ts'
import { optionNames, options, variableFor } from '../src/settings/options.ts'
import { read, readIn } from './reading.ts'

test('an address alone runs the proxy with the defaults', () => {
  expect(read('https://mcp.example/mcp#part')).toMatchInlineSnapshot(`
    {
      "remote": "https://mcp.example/mcp",
      "run": "proxy",
      "settings": {
        "allowHttp": false,
        "headers": {},
        "limits": {
          "headersMs": 300000,
          "patienceMs": 30000,
          "pingMs": 0,
          "silenceMs": 300000,
        },
        "loudness": "normal",
        "mergeLists": true,
        "network": {
          "keepsCookies": true,
          "obeysProxies": true,
        },
        "opensBrowser": true,
        "pastes": false,
        "protocol": "auto",
        "signIn": {
          "grant": "browser",
        },
        "storage": {
          "kind": "auto",
        },
        "tools": {},
        "transport": "http-first",
      },
    }
  `)
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
    settings: {
      loudness: 'debug',
      headers: { 'x-team': 'blue' },
      limits: { silenceMs: 0, headersMs: 0, patienceMs: 1_500 },
      signIn: { callbackPort: 3_334, callbackHost: 'localhost' },
    },
  })
})

test('commands take the address after their name', () => {
  expect(read('login', 'https://mcp.example/mcp', '3334')).toMatchObject({
    run: 'login',
    settings: { signIn: { callbackPort: 3_334 } },
  })
  expect(read('logout', 'https://mcp.example/mcp')).toMatchObject({ run: 'logout' })
  expect(read('status')).toMatchObject({ run: 'status' })
  expect(read('list')).toMatchObject({ run: 'list' })
  expect(read('status', 'https://mcp.example/mcp')).toMatchObject({
    remote: new URL('https://mcp.example/mcp'),
  })
  expect(read('check', 'https://mcp.example/mcp')).toMatchObject({ run: 'check' })
  expect(read('https://mcp.example/mcp', '--check')).toMatchObject({ run: 'check' })
  expect(read('--help')).toEqual({ run: 'help' })
  expect(read('-h')).toEqual({ run: 'help' })
  expect(read('--version', 'anything')).toEqual({ run: 'version' })
})

test('a sign-in as a machine has its client, and may name where its tokens come from', () => {
  expect(
    read(
      'https://mcp.example/mcp',
      '--client-credentials',
      '--static-oauth-client-info=@client',
      '--token-endpoint=https://as.example/token',
      '--disable-resource-parameter',
    ),
  ).toMatchObject({
    settings: {
      signIn: {
        grant: 'client_credentials',
        client: { id: 'me', secret: 'a b' },
        tokenEndpoint: new URL('https://as.example/token'),
        resource: false,
      },
    },
  })
})

test('headers come from options, variables, files and commands', () => {
  expect(
    read(
      '--header',
      'Authorization:Bearer ${TOKEN}',
      '--header=X-None:${EMPTY}',
      '--header=X-Both: option',
      '--header-env=X-Whole=TOKEN',
      '--header-file=headers',
      '--header-command=ask  me twice',
      'https://mcp.example/mcp',
    ),
  ).toMatchObject({
    settings: {
      headers: {
        authorization: 'Bearer a b',
        'x-none': '',
        'x-both': 'option',
        'x-whole': 'a b',
        'x-file': 'from a b',
        'x-command': 'ask+me+twice',
      },
    },
  })
})

test('the command line replaces the environment, and that the configuration file', () => {
  const command = readIn({ TELAMON_PROXY_TIMEOUT: '8', TELAMON_PROXY_IGNORE_TOOL: 'x\ny' }, '--config=config')
  expect(command).toMatchObject({
    remote: new URL('https://config.example/mcp'),
    settings: {
      limits: { silenceMs: 8_000 },
      tools: { deny: ['x', 'y'], readOnly: true },
      signIn: { callbackPort: 3_335, client: { id: 'from-config' } },
    },
  })
  const environment = {
    TELAMON_PROXY_CONFIG: 'config',
    TELAMON_PROXY_URL: 'https://environment.example/mcp',
    TELAMON_PROXY_READ_ONLY: 'false',
  }
  expect(readIn(environment, '--timeout=9')).toMatchObject({
    remote: new URL('https://environment.example/mcp'),
    settings: { limits: { silenceMs: 9_000 }, tools: { deny: ['a*', 'b'] } },
  })
  expect(() => readIn({ TELAMON_PROXY_DEBUG: 'perhaps' }, 'https://a.example')).toThrow('true or false')
})

test('every option can be set by the environment', () => {
  const samples: Readonly<Record<string, string>> = {
    config: 'config',
    'header-file': 'headers',
    cert: 'ca',
    key: 'ca',
    ca: 'ca',
    header: 'X:1',
    'header-env': 'X=TOKEN',
    'header-command': 'ask',
    'authorize-param': 'a=b',
    transport: 'sse-only',
    storage: 'memory',
    'callback-path': '/x',
    resource: 'https://r.example/',
    'static-oauth-client-info': '@client',
    'static-oauth-client-metadata': '{}',
  }
  const choices: Readonly<Record<string, string>> = { SECONDS: '1', BYTES: '2KB', URL: 'https://u.example/' }
  for (const name of optionNames) {
    const row = options[name]
    const value = 'value' in row ? row.value : undefined
    const sample =
      samples[name] ?? choices[value ?? ''] ?? (row.kind === 'flag' ? 'true' : value?.split('|').at(-1))
    const alone = {
      [variableFor(name)]: sample,
      ...(name === 'cert' && { TELAMON_PROXY_KEY: 'ca' }),
      ...(name === 'key' && { TELAMON_PROXY_CERT: 'ca' }),
      ...((name === 'token-endpoint' || name === 'client-credentials') && {
        TELAMON_PROXY_CLIENT_CREDENTIALS: 'true',
        TELAMON_PROXY_STATIC_OAUTH_CLIENT_INFO: '@client',
      }),
    }
    expect(() => readIn(alone, 'https://mcp.example/mcp')).not.toThrow()
  }
})

function grant(environment: NodeJS.ProcessEnv, ...args: string[]): unknown {
  const command = readIn(environment, 'https://mcp.example/mcp', ...args)
  return 'settings' in command && command.settings.signIn.grant
}

test('without a display or over SSH a device code comes first, where the server knows it', () => {
  expect(grant({ SSH_CONNECTION: '1' })).toBe('device-first')
  expect(grant({ SSH_CONNECTION: '1', BROWSER: 'mine' })).toBe('browser')
  expect(grant({ SSH_CONNECTION: '1' }, '--paste')).toBe('browser')
  expect(grant({ SSH_CONNECTION: '1' }, '--callback-url=https://tunnel.example/back')).toBe('browser')
  expect(grant({})).toBe('browser')
})

test('install keeps the options that were given for the client, and not its own', () => {
  expect(
    read(
      'install',
      'cursor',
      'https://mcp.example/mcp',
      '3334',
      '--name=mine',
      '--yes',
      '--read-only',
      '--profile',
      'a',
    ),
  ).toEqual({
    run: 'install',
    client: 'cursor',
    remote: new URL('https://mcp.example/mcp'),
    name: 'mine',
    asks: false,
    args: ['https://mcp.example/mcp', '3334', '--read-only', '--profile=a'],
  })
})

test('the help names every option, and each in no more than the width of a terminal', () => {
  const text = helpText()
  for (const name of optionNames) expect(text).toContain(`--${name}`)
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(110)
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
