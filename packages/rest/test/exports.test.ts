import { expect, test } from 'vitest'

import * as door from '../src/index.ts'
import * as node from '../src/node/index.ts'
import * as surface from '../src/surface/index.ts'
import * as testing from '../src/testing/index.ts'

test('the door is what we meant to export', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
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

test('the doors for servers and for surfaces are what we meant to export', () => {
  expect(Object.keys(node)).toMatchInlineSnapshot(`
    [
      "createNodeFetch",
    ]
  `)
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "AtlassianError",
      "asIs",
      "listOf",
      "surfaceOf",
      "wait",
    ]
  `)
})
