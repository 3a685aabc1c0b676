import { expect, test } from 'vitest'

import * as door from '../src/index.ts'

test('the door holds these names', () => {
  expect(Object.keys(door)).toEqual(['operationToolset'])
})
