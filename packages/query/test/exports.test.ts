import { expect, it } from 'vitest'

import * as door from '../src/index.ts'

it('exports what it promises, and nothing else', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "QueryBuildError",
      "compile",
      "cql",
      "explain",
      "format",
      "isQuery",
      "jql",
      "parseCql",
      "parseJql",
      "prepareText",
      "print",
      "validate",
    ]
  `)
})
