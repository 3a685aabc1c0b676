import { expect, it } from 'vitest'

import * as door from '../src/index.ts'

it('exports what it promises, and nothing else', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "AdfError",
      "adfToMarkdown",
      "adfToStorage",
      "contentHash",
      "editAdf",
      "estimateTokens",
      "isAdfError",
      "markdownToAdf",
      "neutralise",
      "nodeAt",
      "normaliseAdf",
      "outline",
      "patchAdf",
      "plainText",
      "replaceSection",
      "section",
      "storageToAdf",
      "validateAdf",
      "wikiToAdf",
    ]
  `)
})
