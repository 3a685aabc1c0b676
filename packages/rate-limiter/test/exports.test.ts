import { expect, it } from 'vitest'

import * as door from '../src/index.ts'
import * as testing from '../src/testing/index.ts'

it('exports what it promises, and nothing else', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "LimitError",
      "atlassianFamilies",
      "atlassianRules",
      "createLimiter",
      "createMemoryLimiterStore",
      "heed",
      "isLimitError",
      "limitFetch",
      "limitHandler",
      "limitHono",
      "planRules",
      "plans",
      "rateLimitFields",
      "readPause",
    ]
  `)
  expect(Object.keys(testing).toSorted()).toMatchInlineSnapshot(`
    [
      "createHandClock",
      "describeLimiterStore",
    ]
  `)
})
