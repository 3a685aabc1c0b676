import { expect, test } from 'vitest'

import * as door from '../src/index.ts'

test('the door holds these names', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "createGateway",
      "limitState",
      "limitStates",
    ]
  `)
})
