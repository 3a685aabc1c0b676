import { expect, it } from 'vitest'

import * as door from '../src/index.ts'

it('the door has these values and no others', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "PostgresStoreError",
      "createPostgresStore",
    ]
  `)
})
