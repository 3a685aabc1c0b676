import { expect, it } from 'vitest'

import * as door from '../src/index.ts'

it('exports what it promises, and nothing else', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "QueryBuildError",
      "compile",
      "cql",
      "cqlVocabulary",
      "explain",
      "format",
      "isQuery",
      "jql",
      "jqlReservedWords",
      "operatorsOf",
      "parseCql",
      "parseJql",
      "prepareText",
      "print",
      "printField",
      "printOperand",
      "validate",
    ]
  `)
})
