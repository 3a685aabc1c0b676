import { expect, test } from 'vitest'

import { read } from './reading.ts'

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
  [['https://mcp.example/mcp', '--host', 'a/b'], 'no name of a machine'],
  [['https://mcp.example/mcp', '--storage', 'cloud'], 'auto or keychain or plain or memory'],
  [['https://mcp.example/mcp', '--storage=memory', '--key-file=k'], 'Leave one of them out'],
  [['https://mcp.example/mcp', '--key-file=k', '--key-command=c'], 'not both'],
  [['https://mcp.example/mcp', '--timeout', 'soon'], '--timeout soon'],
  [['https://mcp.example/mcp', '--timeout=-1'], '--timeout -1'],
  [['https://mcp.example/mcp', '--storage=plain', '--require-secure-storage'], 'not secure'],
  [['https://mcp.example/mcp', '--transport', 'pigeon'], 'http-first or sse-first'],
  [['https://mcp.example/mcp', '--max-result', '10 apples'], 'a size from 1KB to 1GB'],
  [['https://mcp.example/mcp', '--authorize-param', 'state=mine'], 'belongs to the protocol'],
  [['https://mcp.example/mcp', '--authorize-param', 'nothing'], 'NAME=VALUE'],
  [['https://mcp.example/mcp', '--resource', 'relative'], 'no absolute address'],
  [['https://mcp.example/mcp', '--callback-url', 'http://far.example/'], 'https: address'],
  [['https://mcp.example/mcp', '--callback-path', 'no-slash'], '/oauth/callback'],
  [['https://mcp.example/mcp', '--static-oauth-client-info', '{'], 'a JSON object'],
  [['https://mcp.example/mcp', '--static-oauth-client-info', '{}'], 'no client_id'],
  [['https://mcp.example/mcp', '--static-oauth-client-info', '@none'], 'cannot be read'],
  [['https://mcp.example/mcp', '--client-credentials'], '--static-oauth-client-info'],
  [['https://mcp.example/mcp', '--token-endpoint', 'https://as.example/token'], '--client-credentials only'],
  [['https://mcp.example/mcp', '--cert', 'ca'], 'belong together'],
  [['https://mcp.example/mcp', '--ca', 'none'], 'cannot be read'],
  [['https://mcp.example/mcp', '--header-env', 'nothing'], 'NAME=VARIABLE'],
  [['https://mcp.example/mcp', '--header-env', 'A=NOT_SET'], 'NOT_SET'],
  [['https://mcp.example/mcp', '--header-file', 'none'], 'cannot be read'],
  [['https://mcp.example/mcp', '--header-command', 'fails'], 'fails failed'],
  [['https://mcp.example/mcp', '--profile', 'a b'], 'letters, digits'],
  [['https://mcp.example/mcp', '--config', 'none'], 'cannot be read'],
  [['https://mcp.example/mcp', '--config', 'list'], 'no JSON object'],
  [['https://mcp.example/mcp', '--config', 'broken'], 'not JSON'],
  [['https://mcp.example/mcp', '--config', 'unknown'], 'no option "heder"'],
  [['https://mcp.example/mcp', '--config', 'wrong'], 'true or false'],
  [['install'], 'for which client'],
  [['install', 'emacs', 'https://mcp.example/mcp'], 'for which client'],
  [['install', 'zed'], 'for which server'],
  [['install', 'zed', 'https://mcp.example/mcp', '--name=a b'], '--name'],
] as const)('%j is refused in words', ([args, words]) => {
  expect(() => read(...args)).toThrow(words)
})

test('no fault repeats a secret', () => {
  expect(() => read('https://me:secret@mcp.example/mcp')).not.toThrow('secret')
  expect(() => read('https://mcp.example/mcp', '--header', 'secret value without a name')).not.toThrow(
    'secret',
  )
  expect(() => read('https://mcp.example/mcp', '--static-oauth-client-info', '{"secret"')).not.toThrow(
    '"secret"',
  )
})
