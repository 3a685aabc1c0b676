import { expect, test } from 'vitest'

import * as door from '../src/index.ts'

test('the door holds this', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "BridgeError",
      "HttpError",
      "createAccount",
      "createBridge",
      "createBrowser",
      "createFileCache",
      "createFileCredentials",
      "createHttp",
      "createMemoryCredentials",
      "defaultLimits",
      "diagnose",
      "entryOf",
      "isBridgeError",
      "isLoopback",
      "ownParameters",
      "proxyFromEnvironment",
      "statusOf",
      "withCookies",
    ]
  `)
})
