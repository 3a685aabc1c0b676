import { describe, expect, test } from 'vitest'
import * as z from 'zod'

import { catalogueToolset, createMcp } from '../src/index.ts'
import { problemsOf } from '../src/testing/index.ts'
import { called, made, registry } from './catalogue-fixture.ts'
import { callOf, requestOf, visitOf } from './fixture.ts'

const Page = z.object({
  result: z.object({ tools: z.array(z.object({ name: z.string() })), nextCursor: z.string().optional() }),
})

async function listed(
  wanted: object,
  cursor?: string,
  pageSize = 60,
): Promise<z.output<typeof Page>['result']> {
  const mcp = createMcp({ name: 't', version: '1', registry, pageSize })
  const params = cursor === undefined ? {} : { cursor }
  const response = await mcp.fetch(requestOf('tools/list', { params }), visitOf({ wanted }))
  return Page.parse(await response.json()).result
}
const namesOf = ({ tools }: z.output<typeof Page>['result']): readonly string[] =>
  tools.map(({ name }) => name)

test('the toolset keeps to the rules', () => {
  expect(problemsOf(catalogueToolset)).toEqual([])
})

describe('what is listed', () => {
  test('is the primary tools of each toolset, and the way to the others', async () => {
    expect(namesOf(await listed({}))).toEqual([
      'whoAmI',
      'discover',
      'executeRead',
      'executeWrite',
      'executeBatch',
      'getIssue',
      'editIssue',
      'getPage',
    ])
  })

  test('is whatever is singled out by name or by toolset', async () => {
    expect(namesOf(await listed({ names: ['countSlowly'] }))).toEqual(['countSlowly'])
    expect(namesOf(await listed({ toolsets: ['jira'] }))).toContain('manageSprint')
    expect(namesOf(await listed({ toolsets: ['confluence'] }))).not.toContain('getIssue')
  })

  test('is nothing that writes for a reader', async () => {
    expect(namesOf(await listed({ readOnly: true }))).toEqual([
      'whoAmI',
      'discover',
      'executeRead',
      'getIssue',
      'getPage',
    ])
  })

  test('is everything on demand, page by page', async () => {
    const first = await listed({ flat: true }, undefined, 4)
    const rest = []
    let cursor = first.nextCursor
    while (cursor !== undefined) {
      const page = await listed({ flat: true }, cursor, 4)
      rest.push(...namesOf(page))
      cursor = page.nextCursor
    }
    expect(namesOf(first)).toHaveLength(4)
    expect([...namesOf(first), ...rest]).toEqual(namesOf(await listed({ flat: true })))
    expect(rest).toContain('countSlowly')
  })

  test('is refused for a cursor that no page gave', async () => {
    const mcp = createMcp({ name: 't', version: '1', registry })
    const response = await mcp.fetch(requestOf('tools/list', { params: { cursor: 'nowhere' } }), visitOf())
    expect(await response.text()).toContain('No page of this list has given that cursor')
  })
})

describe('discover', () => {
  test('finds what is not listed, with its arguments and the way to run it', async () => {
    const { text } = await called('discover', { query: 'close the sprint' })
    expect(text).toContain('manageSprint (write; executeWrite)')
    expect(text).toContain('{ action: "rename" | "close" (What to do.) }')
  })

  test('finds operations that no tool was made of yet', async () => {
    made.length = 0
    const { text } = await called('discover', { query: 'announcement banners', limit: 1 })
    expect(text).toContain('jira.getBanner (read; executeRead)')
    expect(made).not.toEqual([])
  })

  test('gives a tool of that name alone, also by the name another server has for it', async () => {
    for (const query of ['getIssue', 'getissue', 'jira_get_issue']) {
      const { text } = await called('discover', { query })
      expect(text).toMatch(/^getIssue \(read; call it by its name\)/)
      expect(text).not.toContain('editIssue (')
    }
  })

  test('keeps to what the connection may run', async () => {
    const { text } = await called('discover', { query: 'delete issue' })
    expect(text).not.toContain('deleteIssue (')
    const open = await called(
      'discover',
      { query: 'delete issue' },
      { limits: { tiers: ['read', 'write', 'delete'] } },
    )
    expect(open.text).toContain('deleteIssue (delete; executeDestructive)')
  })

  test('says so when it finds nothing', async () => {
    const { text, isError } = await called('discover', { query: 'zebra' })
    expect(isError).toBe(true)
    expect(text).toContain('Try other words')
  })
})

describe('an execute tool', () => {
  test('runs what is listed, what is not, and what is made on demand', async () => {
    const read = await called('executeRead', { name: 'getIssue', inputs: { issueIdOrKey: 'DEMO-1' } })
    expect(read.text).toContain('Text of DEMO-1.')
    expect((await called('executeRead', { name: 'countSlowly', inputs: { upTo: 2 } })).text).toBe(
      'Counted to 2.',
    )
    expect((await called('executeRead', { name: 'jira.getBanner', inputs: { visible: true } })).text).toBe(
      'The banner. true',
    )
    expect((await called('executeWrite', { name: 'manageSprint', inputs: { action: 'rename' } })).text).toBe(
      'Done: rename.',
    )
  })

  test('is heard of in the audit only as the way to the tool', async () => {
    const { audit } = await called('executeRead', {
      name: 'jira_get_issue',
      cloudId: 's',
      inputs: { issue_key: 'DEMO-1' },
    })
    expect(audit).toMatchObject([
      { tool: 'getIssue', calledAs: 'jira_get_issue', via: 'executeRead', verdict: 'done' },
    ])
  })

  test('refuses a tool of another tier, and names the one to use', async () => {
    const write = await called('executeRead', {
      name: 'editIssue',
      inputs: { issueIdOrKey: 'DEMO-1', summary: 'x' },
    })
    expect(write.isError).toBe(true)
    expect(write.text).toContain(
      'editIssue is of the tier write, more than this tool may do: call it with executeWrite.',
    )
    expect(write.seen).toEqual([])
    expect(
      (await called('executeWrite', { name: 'getIssue', inputs: { issueIdOrKey: 'A-1' } })).text,
    ).toContain('less than this tool is for: call it with executeRead')
  })

  test('refuses arguments that make a tool reach deeper', async () => {
    const { text } = await called('executeWrite', { name: 'manageSprint', inputs: { action: 'close' } })
    expect(text).toContain('of the tier delete, more than this tool may do')
    const direct = await called('manageSprint', { action: 'close' })
    expect(direct.text).toContain('which this connection does not have')
    const allowed = await called(
      'manageSprint',
      { action: 'close' },
      { limits: { tiers: ['write', 'delete'] } },
    )
    expect(allowed.text).toBe('Done: close.')
  })

  test('runs nothing that the connection may not run, and no other execute tool', async () => {
    const unknown = await called('executeRead', { name: 'getIsue', inputs: {} })
    expect(unknown.text).toContain('Did you mean getIssue?')
    expect((await called('executeRead', { name: 'executeRead', inputs: {} })).isError).toBe(true)
    expect(
      (await called('executeRead', { name: 'getIssue' }, { wanted: { toolsets: ['confluence'] } })).isError,
    ).toBe(true)
    expect(
      (await called('executeRead', { name: 'jira.getBanner' }, { wanted: { toolsets: ['confluence'] } }))
        .isError,
    ).toBe(true)
  })

  test('asks for the permission of the tool that is meant', async () => {
    for (const fastPath of [true, false]) {
      const mcp = createMcp({ name: 't', version: '1', registry, fastPath })
      const poor = { ...visitOf().person, scopes: ['jira:read'] }
      const response = await mcp.fetch(
        callOf('executeWrite', { name: 'editIssue', inputs: { issueIdOrKey: 'A-1', summary: 'x' } }),
        visitOf({ person: poor }),
      )
      expect(response.status).toBe(403)
      expect(response.headers.get('www-authenticate')).toContain('jira:write')
    }
  })
})
