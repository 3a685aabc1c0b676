import { expect, test } from 'vitest'

import * as door from '../src/index.ts'

test('the door opens to these and nothing else', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "createSimulator",
      "demoApp",
    ]
  `)
})
