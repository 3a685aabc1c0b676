import { expect, test } from 'vitest'

import * as door from '../src/index.ts'
import * as testing from '../src/testing/index.ts'

test('the door is what we meant to export', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "AtlassianError",
      "basicAuth",
      "createOperationRouter",
      "createRest",
      "dataCenterPat",
      "effectOf",
      "isAtlassianError",
      "isCovered",
      "limitKeysOf",
      "limitWith",
      "oauth",
      "productOf",
      "scopedToken",
      "scopesFor",
      "serviceAccount",
    ]
  `)
})

test('the door for tests is what we meant to export', () => {
  expect(Object.keys(testing).toSorted()).toMatchInlineSnapshot(`
    [
      "createSkippingClock",
      "createUpstream",
      "html",
      "json",
      "reply",
    ]
  `)
})
