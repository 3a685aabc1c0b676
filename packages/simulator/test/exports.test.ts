import { expect, test } from 'vitest'

import * as door from '../src/index.ts'
import * as testing from '../src/testing/index.ts'

test('the door opens to these and nothing else', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "createSimulator",
      "demoApp",
    ]
  `)
})

test('the door for tests opens to a check of answers', () => {
  expect(Object.keys(testing)).toEqual(['createAnswerCheck'])
})
