import { expect, it } from 'vitest'

import * as door from '../src/index.ts'
import * as resourceDoor from '../src/resource.ts'
import * as testingDoor from '../src/testing/index.ts'

it('exports these and no others', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "SignInError",
      "createAuthorizationServer",
      "createGuardedFetch",
      "createKeyRing",
      "createMemoryAuthStore",
      "createProtectedResource",
      "defaultPolicy",
      "englishTexts",
      "guardRules",
      "isPublicAddress",
      "isSignInError",
      "knownSchemes",
      "sweepKinds",
      "writeChallenge",
    ]
  `)
})

it('exports the side of a resource by itself', () => {
  expect(Object.keys(resourceDoor).toSorted()).toMatchInlineSnapshot(`
    [
      "createIntrospectionVerifier",
      "createJwtVerifier",
      "createProtectedResource",
      "writeChallenge",
    ]
  `)
})

it('exports the contract of the store', () => {
  expect(Object.keys(testingDoor).toSorted()).toMatchInlineSnapshot(`
    [
      "describeAuthStore",
    ]
  `)
})
