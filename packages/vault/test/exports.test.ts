import { expect, it } from 'vitest'

import * as door from '../src/index.ts'
import * as testing from '../src/testing/index.ts'

it('the door has these values and no others', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "SignInError",
      "VaultError",
      "cloudProfile",
      "createMemoryVaultStore",
      "createVault",
      "dataCenterProfile",
      "dataCenterScopes",
      "isVaultError",
    ]
  `)
})

it('the door for tests has these values and no others', () => {
  expect(Object.keys(testing).toSorted()).toMatchInlineSnapshot(`
    [
      "createHandClock",
      "createUpstream",
      "describeVaultStore",
    ]
  `)
})
