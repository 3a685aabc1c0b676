import { expect, test } from 'vitest'

import { read } from './reading.ts'

test('a command line of mcp-remote means the same here', () => {
  const line = [
    'https://mcp.example/v1/sse',
    '3334',
    '--header',
    'Authorization: Bearer ${TOKEN}',
    '--header-file',
    'headers',
    '--transport',
    'sse-first',
    '--protocol',
    'auto',
    '--host',
    'localhost',
    '--callback-path',
    '/back',
    '--auth-success-url',
    'https://done.example/',
    '--auth-timeout',
    '60',
    '--resource',
    'https://tenant.example/',
    '--authorize-param',
    'access_type=offline',
    '--authorize-param',
    'prompt=consent',
    '--static-oauth-client-metadata',
    '{"scope": "read write"}',
    '--static-oauth-client-info',
    '@client',
    '--client-metadata-url',
    'https://me.example/client.json',
    '--use-id-token',
    '--device-code',
    '--ignore-tool',
    'delete*',
    '--keep-alive',
    '--ping-interval',
    '15',
    '--connect-timeout',
    '5',
    '--headers-timeout',
    '0',
    '--body-timeout',
    '60',
    '--ipv4',
    '--enable-proxy',
    '--disable-cookies',
    '--allow-http',
    '--silent',
  ]
  expect(read(...line)).toMatchInlineSnapshot(`
    {
      "remote": "https://mcp.example/v1/sse",
      "run": "proxy",
      "settings": {
        "allowHttp": true,
        "headers": {
          "authorization": "Bearer a b",
          "x-both": "file",
          "x-file": "from a b",
        },
        "limits": {
          "headersMs": 0,
          "patienceMs": 60000,
          "pingMs": 15000,
          "silenceMs": 60000,
        },
        "loudness": "silent",
        "mergeLists": true,
        "network": {
          "connectMs": 5000,
          "ipv4": true,
          "keepsCookies": false,
          "obeysProxies": true,
        },
        "opensBrowser": true,
        "pastes": false,
        "protocol": "auto",
        "signIn": {
          "authorizeParameters": {
            "access_type": "offline",
            "prompt": "consent",
          },
          "bearer": "id_token",
          "callbackHost": "localhost",
          "callbackPath": "/back",
          "callbackPort": 3334,
          "client": {
            "id": "me",
            "secret": "a b",
          },
          "clientMetadata": {
            "scope": "read write",
          },
          "clientMetadataUrl": "https://me.example/client.json",
          "grant": "device",
          "resource": "https://tenant.example/",
          "successUrl": "https://done.example/",
        },
        "storage": {
          "kind": "auto",
        },
        "tools": {
          "deny": [
            "delete*",
          ],
        },
        "transport": "sse-first",
      },
    }
  `)
})
