import { expect, test } from 'vitest'
import * as z from 'zod'

import { createMcp, createRegistry, toolset } from '../src/index.ts'
import type { McpOptions, Visit } from '../src/index.ts'
import { callOf, person, readTool, registry, requestOf, trackerSet, visitOf } from './fixture.ts'
import type { Services } from './fixture.ts'

const Listed = z.object({ result: z.object({ tools: z.array(z.object({ name: z.string() })) }) })

/** The names that a visit is shown, which have to be the same in both eras and on both paths. */
async function listed(
  visit: Partial<Visit<Services>>,
  limits?: McpOptions<Services>['limits'],
): Promise<readonly string[]> {
  const lists = await Promise.all(
    [true, false].flatMap((fastPath) =>
      (['legacy', 'modern'] as const).map(async (era) => {
        const mcp = createMcp({ name: 't', version: '1', registry, fastPath, ...(limits && { limits }) })
        const response = await mcp.fetch(requestOf('tools/list', { era }), visitOf(visit))
        const { result } = Listed.parse(await response.json())
        return result.tools.map((tool) => tool.name)
      }),
    ),
  )
  for (const list of lists) expect(list).toEqual(lists[0])
  return lists[0] ?? []
}

const all = ['whoAmI', 'getIssue', 'editIssue', 'countSlowly', 'getPage']

test('tools that delete are not offered unless the server says so', async () => {
  expect(await listed({})).toEqual(all)
  expect(await listed({}, { tiers: ['read', 'delete'] })).toEqual([
    'whoAmI',
    'getIssue',
    'deleteIssue',
    'countSlowly',
    'getPage',
  ])
})

test('a read-only visit sees what reads', async () => {
  expect(await listed({ wanted: { readOnly: true } })).toEqual([
    'whoAmI',
    'getIssue',
    'countSlowly',
    'getPage',
  ])
})

test('a visit chooses toolsets and tools, and what every toolset leans on stays', async () => {
  expect(await listed({ wanted: { toolsets: ['confluence'] } })).toEqual(['whoAmI', 'getPage'])
  expect(await listed({ wanted: { toolsets: ['confluence'], names: ['getIssue'] } })).toEqual([
    'whoAmI',
    'getIssue',
    'getPage',
  ])
  expect(await listed({ wanted: { names: ['jira_get_issue'] } })).toEqual(['getIssue'])
  expect(await listed({ wanted: { toolsets: [] } })).toEqual(['whoAmI'])
})

test('no visit gets more than the server offers', async () => {
  const limits = { toolsets: ['jira'], readOnly: true }
  expect(await listed({ wanted: { toolsets: ['confluence', 'jira'], readOnly: false } }, limits)).toEqual([
    'whoAmI',
    'getIssue',
    'countSlowly',
  ])
  expect(await listed({ wanted: { names: ['getPage', 'deleteIssue'] } }, limits)).toEqual([])
})

test('tools whose permission the server never grants are not there', async () => {
  expect(await listed({}, { permissions: ['jira:read', 'jira:write'] })).toEqual([
    'whoAmI',
    'getIssue',
    'editIssue',
    'countSlowly',
  ])
  expect(await listed({}, { permissions: ['jira:read'] })).toEqual(['whoAmI', 'getIssue', 'countSlowly'])
})

test('tools that the person could still grant are shown, and the others are not', async () => {
  const reader = { person: { ...person, scopes: ['jira:read'] } }
  expect(await listed(reader)).toEqual(all)
  expect(await listed({ ...reader, grantable: ['jira:write'] })).toEqual([
    'whoAmI',
    'getIssue',
    'editIssue',
    'countSlowly',
  ])
  expect(await listed({ ...reader, grantable: [] })).toEqual(['whoAmI', 'getIssue', 'countSlowly'])
})

test('what is not listed cannot be called, by no name', async () => {
  const mcp = createMcp({ name: 't', version: '1', registry })
  for (const name of ['editIssue', 'jira_rename', 'deleteIssue']) {
    const response = await mcp.fetch(callOf(name, {}), visitOf({ wanted: { readOnly: true } }))
    expect(await response.json()).toMatchObject({ error: { code: -32_602 } })
  }
})

test('a choice that names what nobody knows is an error that lists what there is', async () => {
  const mcp = createMcp({ name: 't', version: '1', registry })
  const answer = async (wanted: Visit<Services>['wanted']): Promise<unknown> => {
    const response = await mcp.fetch(requestOf('tools/list', { id: 3 }), visitOf({ wanted }))
    return [response.status, await response.json()]
  }
  expect(await answer({ toolsets: ['jira', 'bitbucket'] })).toEqual([
    400,
    {
      jsonrpc: '2.0',
      id: 3,
      error: {
        code: -32_602,
        message: 'There is no toolset "bitbucket". Toolsets: platform, jira, confluence.',
      },
    },
  ])
  expect(await answer({ names: ['getBoard\u0000'] })).toEqual([
    400,
    {
      jsonrpc: '2.0',
      id: 3,
      error: {
        code: -32_602,
        message:
          'There is no tool "getBoard\\u0000". Tools: whoAmI, getIssue, editIssue, deleteIssue, countSlowly, getPage.',
      },
    },
  ])
})

test('a name that is used twice, or an alias of nothing, is found at start', () => {
  const twice = toolset({ id: 'twice', title: 'T', description: 'D', tools: [readTool] })
  const stray = toolset({
    id: 'stray',
    title: 'T',
    description: 'D',
    tools: [],
    aliases: [{ name: 'x', tool: 'nobody' }],
  })
  expect(() => createRegistry([trackerSet, twice])).toThrow('Two tools or aliases are named getIssue.')
  expect(() => createRegistry([stray])).toThrow('The alias x names nobody, which is not a tool.')
})

test('a sign-in asks for what its permissions need: classic scopes where there are any, granular ones elsewhere', () => {
  const jiraRead = ['read:board-scope:jira-software', 'read:issue-details:jira', 'read:jira-work']
  expect(registry.upstreamScopes([])).toEqual([])
  expect(registry.upstreamScopes(['jira:read'])).toEqual(jiraRead)
  expect(registry.upstreamScopes(['jira:write'])).toEqual([...jiraRead, 'write:jira-work'])
  expect(registry.upstreamScopes(['confluence:write'])).toEqual(['read:page:confluence'])
  expect(registry.upstreamScopes(['jira:write'], { readOnly: true })).toEqual(jiraRead)
})

test('what clients see of a tool follows from its definition', async () => {
  const mcp = createMcp({ name: 't', version: '1', registry })
  const response = await mcp.fetch(
    requestOf('tools/list', { era: 'modern' }),
    visitOf({ wanted: { names: ['getIssue'] } }),
  )
  expect(await response.json()).toMatchInlineSnapshot(`
    {
      "id": 1,
      "jsonrpc": "2.0",
      "result": {
        "_meta": {
          "io.modelcontextprotocol/serverInfo": {
            "name": "t",
            "version": "1",
          },
        },
        "cacheScope": "private",
        "resultType": "complete",
        "tools": [
          {
            "annotations": {
              "destructiveHint": false,
              "idempotentHint": true,
              "openWorldHint": true,
              "readOnlyHint": true,
            },
            "description": "Reads one issue.",
            "inputSchema": {
              "additionalProperties": false,
              "properties": {
                "cloudId": {
                  "description": "Which site.",
                  "type": "string",
                },
                "fields": {
                  "description": "Which fields.",
                  "items": {
                    "type": "string",
                  },
                  "type": "array",
                },
                "issueIdOrKey": {
                  "description": "Such as DEMO-12.",
                  "type": "string",
                },
              },
              "required": [
                "issueIdOrKey",
              ],
              "type": "object",
            },
            "name": "getIssue",
            "outputSchema": {
              "additionalProperties": false,
              "properties": {
                "key": {
                  "type": "string",
                },
              },
              "required": [
                "key",
              ],
              "type": "object",
            },
            "title": "Get an issue",
          },
        ],
        "ttlMs": 300000,
      },
    }
  `)
})
