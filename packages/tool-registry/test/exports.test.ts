import { expect, test } from 'vitest'

import * as door from '../src/index.ts'
import * as sdk from '../src/sdk.ts'
import * as testing from '../src/testing/index.ts'

test('the doors hold these names', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "ContinueFrom",
      "DryRunStop",
      "ToolError",
      "catalogueToolset",
      "createMcp",
      "createRegistry",
      "fence",
      "holds",
      "oneLine",
      "permissionOf",
      "resourceUri",
      "resultForms",
      "tiers",
      "toolFactory",
      "toolset",
      "writtenCall",
    ]
  `)
  expect(Object.keys(testing).toSorted()).toMatchInlineSnapshot(`
    [
      "callTool",
      "listingOf",
      "problemsOf",
      "testPerson",
    ]
  `)
  expect(Object.keys(sdk).toSorted()).toMatchInlineSnapshot(`
    [
      "CLIENT_CAPABILITIES_META_KEY",
      "McpServer",
      "ResourceTemplate",
      "StdioServerTransport",
      "WebStandardStreamableHTTPServerTransport",
      "acceptedContent",
      "completable",
      "createMcpHandler",
      "createRequestStateCodec",
      "fromJsonSchema",
      "inputRequired",
      "inputResponse",
      "isLegacyRequest",
    ]
  `)
})
