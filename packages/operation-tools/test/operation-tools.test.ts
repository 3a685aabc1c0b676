import * as confluence from '@telamon/confluence/operations'
import * as platform from '@telamon/jira/operations'
import * as software from '@telamon/jira/software'
import type { OperationSpec } from '@telamon/rest'
import { createMcp, createRegistry, catalogueToolset } from '@telamon/tool-registry'
import type { Toolset } from '@telamon/tool-registry'
import { listingOf } from '@telamon/tool-registry/testing'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'

import { operationToolset } from '../src/index.ts'
import type { OperationServices } from '../src/index.ts'
import { pick } from '../src/pick.ts'

interface Called {
  readonly operation: string
  readonly input: unknown
}

/** Answers every call with the same, and writes down what was called. */
function fakeServices(answer: unknown): { readonly called: Called[]; readonly services: OperationServices } {
  const called: Called[] = []
  const call = async (operation: OperationSpec, input: unknown): Promise<unknown> => {
    called.push({ operation: operation.path, input })
    return answer
  }
  return { called, services: { jira: { call }, confluence: { call } } }
}

const Answer = z.object({
  result: z.object({ content: z.array(z.object({ text: z.string() })), isError: z.boolean().optional() }),
})

interface RunOptions {
  readonly answer?: unknown
  readonly set?: Toolset<OperationServices>
}

async function run(tool: string, args: object, { answer = {}, set = operationToolset() }: RunOptions = {}) {
  const { called, services } = fakeServices(answer)
  const mcp = createMcp({
    name: 't',
    version: '1',
    registry: createRegistry([catalogueToolset, set]),
    limits: { tiers: ['read', 'write', 'delete', 'manage'] },
  })
  const person = {
    subject: 'a',
    label: 'A',
    grantId: 'g',
    clientId: 'c',
    scopes: ['jira:write', 'confluence:write', 'jsm:write'],
    choices: [],
  }
  const response = await mcp.fetch(
    new Request('https://mcp.example.com/mcp', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: tool, arguments: args },
      }),
    }),
    { person, wanted: {}, services: () => services, signal: new AbortController().signal },
  )
  const { result } = Answer.parse(await response.json())
  return { text: result.content[0]?.text ?? '', isError: result.isError === true, called }
}

const { more } = operationToolset()
const entries = (await more?.entries()) ?? []

/** How many of a table exchange JSON with anybody. */
const plain = (records: object): number =>
  Object.values(records).filter(
    ({ app, res, body }: OperationSpec) =>
      app !== true && res !== 'binary' && (body === undefined || body === 'patch'),
  ).length

describe('what there is', () => {
  test('every operation of the five documents that exchanges JSON and is not for apps alone', () => {
    const count = (prefix: string): number =>
      entries.filter(({ name }) => name.startsWith(`${prefix}.`)).length
    expect(count('jira')).toBe(plain(platform))
    expect(count('software')).toBe(plain(software))
    expect(count('confluence')).toBe(plain(confluence))
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length)
  })

  test('each one becomes a tool with a schema', async () => {
    for (const { name } of entries) {
      const tool = await more?.make(name)
      expect(tool?.name).toBe(name)
      expect(tool && listingOf(tool).inputSchema.type).toBe('object')
    }
  })

  test.each([
    ['jira.getAllIssueTypeSchemes', 'read'],
    ['jira.addComment', 'write'],
    ['jira.deleteIssue', 'delete'],
    ['jira.createPermissionScheme', 'manage'],
    ['jira.setBanner', 'manage'],
    ['jira.searchAndReconsileIssuesUsingJqlPost', 'read'],
    ['software.rankIssues', 'write'],
    ['confluence.deletePage', 'delete'],
    ['confluenceV1.addRestrictions', 'manage'],
  ])('%s is of the tier %s', (name, tier) => {
    expect(entries.find((entry) => entry.name === name)?.tier).toBe(tier)
  })

  test('within scopes only what those reach', async () => {
    const some = (await operationToolset({ scopes: ['read:jira-work'] }).more?.entries()) ?? []
    const names = some.map(({ name }) => name)
    expect(names).toContain('jira.getIssue')
    expect(names).not.toContain('jira.createIssue')
    expect(names.length).toBeLessThan(entries.length)
    const { text, isError } = await run(
      'executeWrite',
      { name: 'jira.createIssue', inputs: {} },
      { set: operationToolset({ scopes: ['read:jira-work'] }) },
    )
    expect(isError).toBe(true)
    expect(text).toContain('is nothing that this connection may run')
  })
})

describe('a call', () => {
  test('puts each argument where the operation wants it', async () => {
    const { called, text } = await run(
      'executeRead',
      { name: 'jira.getIssue', inputs: { issueIdOrKey: 'DEMO-1', fields: ['summary'] } },
      { answer: { key: 'DEMO-1' } },
    )
    expect(called).toEqual([
      {
        operation: '/rest/api/3/issue/{issueIdOrKey}',
        input: { path: { issueIdOrKey: 'DEMO-1' }, query: { fields: ['summary'] } },
      },
    ])
    expect(text).toContain('{"key":"DEMO-1"}')
    expect(text).toMatch(/^<untrusted/)
  })

  test('hands the body on as it is', async () => {
    const body = { fields: { summary: 'x', unknown: [1] } }
    const { called } = await run('executeWrite', { name: 'jira.createIssue', inputs: { body } })
    expect(called).toMatchObject([{ input: { body } }])
  })

  test('without what has to be given, or with what nobody knows, is refused before it is sent', async () => {
    const missing = await run('executeRead', { name: 'jira.getIssue', inputs: {} })
    expect(missing.text).toContain('issueIdOrKey is missing')
    const stray = await run('executeRead', {
      name: 'jira.getIssue',
      inputs: { issueIdOrKey: 'A-1', feilds: ['x'] },
    })
    expect(stray.text).toContain('Did you mean fields?')
    const bodiless = await run('executeWrite', { name: 'jira.createIssue', inputs: {} })
    expect(bodiless.isError).toBe(true)
    expect([...missing.called, ...stray.called, ...bodiless.called]).toEqual([])
  })

  test('shows the members that were asked for', async () => {
    const answer = {
      total: 2,
      values: [
        { name: 'a', id: 1 },
        { name: 'b', id: 2 },
      ],
    }
    const { text } = await run(
      'executeRead',
      { name: 'jira.getAllIssueTypeSchemes', inputs: { responseFields: ['values.name'] } },
      { answer },
    )
    expect(text).toContain('{"values":[{"name":"a"},{"name":"b"}]}')
  })
})

test('discover shows parameters and the body of an operation', async () => {
  const { text } = await run('discover', { query: 'jira.addComment' })
  expect(text).toContain('jira.addComment (write; executeWrite)')
  expect(text).toContain('issueIdOrKey: string')
  expect(text).toContain('body: {')
})

test.each([
  [{ a: { b: 1, c: 2 } }, ['a.b'], { a: { b: 1 } }],
  [[{ a: 1, b: 2 }], ['a'], [{ a: 1 }]],
  [{ a: 1 }, ['b'], {}],
  [{ a: { b: 1 } }, ['a', 'a.c'], { a: { b: 1 } }],
  ['text', ['a'], 'text'],
])('of %j the paths %j are %j', (value, paths, expected) => {
  expect(pick(value, paths)).toEqual(expected)
})
