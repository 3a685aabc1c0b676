import { expect, it } from 'vitest'

import * as door from '../src/index.ts'

it('has one door', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "platformToolset",
    ]
  `)
})
