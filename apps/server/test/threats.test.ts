import { describe, expect, it } from 'vitest'
import * as z from 'zod'

import { connect } from './support/person.ts'
import type { Connected } from './support/person.ts'
import { createWorld } from './support/world.ts'
import type { World } from './support/world.ts'

const ToolList = z.object({
  result: z.object({
    tools: z.array(
      z.object({
        name: z.string(),
        annotations: z.object({ readOnlyHint: z.boolean().optional() }).optional(),
        inputSchema: z.looseObject({}),
      }),
    ),
  }),
})

const toolsOf = async (someone: Connected) =>
  ToolList.parse(await (await someone.post({ method: 'tools/list', params: {} })).json()).result.tools

/** What arrived at the API while that was done. */
async function during<T>(
  { upstream }: World,
  act: () => Promise<T>,
): Promise<{ readonly done: T; readonly sent: World['upstream'] }> {
  const from = upstream.length
  const done = await act()
  return { done, sent: upstream.slice(from) }
}

/** Whether a request to the API would change something. */
const changes = ({ method, url }: World['upstream'][number]) =>
  url.pathname.startsWith('/ex/') && !['GET', 'HEAD'].includes(method)

const ErrorAnswer = z.union([
  z.object({ error: z.looseObject({}) }),
  z.object({ result: z.object({ isError: z.literal(true) }) }),
])
const isErrorOf = (body: unknown) => ErrorAnswer.safeParse(body).success

/** The server's own word that somebody asked too often. */
const isLimited = (text = '') => text.includes('the limit user-burst')

const apiRequests = (sent: World['upstream']) => sent.filter(({ url }) => url.pathname.startsWith('/ex/'))

describe('the token of a client', () => {
  it('T17 never goes upstream, and no token of the upstream comes back', async () => {
    const world = await createWorld()
    const maya = await connect(world, 'maya')
    const said = await maya.call('getJiraIssue', { cloudId: 'brightwater-demo', issueIdOrKey: 'ALPHA-7' })
    expect(said.isError).toBe(false)
    const upstreamTokens = world.upstream.map(({ authorization }) => authorization.replace(/^Bearer /, ''))
    const distinct = new Set(upstreamTokens.filter((token) => token !== ''))
    expect(distinct.size).toBeGreaterThan(0)
    for (const token of distinct) expect(said.text).not.toContain(token)
    for (const { authorization, body, url } of world.upstream)
      for (const own of [maya.accessToken, maya.refreshToken])
        expect(`${authorization} ${body} ${url.href}`).not.toContain(own)
  })

  it('T16 of the upstream opens nothing here', async () => {
    const world = await createWorld()
    const authorization = `Bearer ${world.simulator.tokenFor('maya')}`
    const request = new Request(`${world.origin}/mcp`, {
      method: 'POST',
      headers: { authorization },
      body: '{}',
    })
    expect((await world.send(request)).status).toBe(401)
  })
})

describe('sites', () => {
  it('T41 that the person did not allow are refused before anything is sent', async () => {
    const world = await createWorld()
    const elin = await connect(world, 'elin')
    const sites = [...world.simulator.world.sites.values()]
    const foreign = sites.find(({ name }) => name === 'brightwater-demo')?.cloudId ?? ''
    const hostile = [
      foreign,
      '../brightwater-demo',
      `${foreign}/../x`,
      '00000000-0000-0000-0000-000000000000',
    ]
    for (const cloudId of hostile) {
      const { done, sent } = await during(world, () =>
        elin.call('getJiraIssue', { cloudId, issueIdOrKey: 'ALPHA-7' }),
      )
      expect({ cloudId, refused: done.isError }).toEqual({ cloudId, refused: true })
      expect(apiRequests(sent)).toEqual([])
    }
  })
})

describe('a grant to read only', () => {
  it('T42 lets no tool write, whichever it is', async () => {
    const world = await createWorld()
    const [writer, reader] = [await connect(world, 'maya'), await connect(world, 'maya', { access: 'read' })]
    const changing = (await toolsOf(writer)).filter(({ annotations }) => annotations?.readOnlyHint !== true)
    expect(changing.length).toBeGreaterThan(3)
    const issue = { projectKey: 'ALPHA', issueType: 'Task', summary: 'Not to be' }
    const asked = changing.flatMap(({ name }) =>
      name.startsWith('execute')
        ? ['createJiraIssue', 'createIssue', 'deleteIssue'].map((inner) => ({
            name,
            arguments: { name: inner, cloudId: 'brightwater-demo', inputs: issue },
          }))
        : [{ name, arguments: {} }],
    )
    for (const params of asked) {
      const { done, sent } = await during(world, () => reader.post({ method: 'tools/call', params }))
      const refused = done.status === 403 || isErrorOf(await done.json())
      expect({ ...params, refused, written: sent.filter(changes) }).toEqual({
        ...params,
        refused: true,
        written: [],
      })
    }
  })
})

describe('two people', () => {
  it('T43 never share an answer: each question goes out with the token of who asks', async () => {
    const world = await createWorld()
    const [jonas, priya] = [await connect(world, 'jonas'), await connect(world, 'priya')]
    const input = { cloudId: 'brightwater-demo', issueIdOrKey: 'HIRE-1' }
    const first = await during(world, () => jonas.call('getJiraIssue', input))
    const second = await during(world, () => priya.call('getJiraIssue', input))
    expect([first.done.isError, second.done.isError]).toEqual([false, true])
    const tokens = [first, second].map(
      ({ sent }) => new Set(apiRequests(sent).map(({ authorization }) => authorization)),
    )
    expect(tokens.map(({ size }) => size)).toEqual([1, 1])
    expect(tokens[0]).not.toEqual(tokens[1])
  })

  it('T44 with the same ids at once each get their own answers', async () => {
    const world = await createWorld()
    const people = [await connect(world, 'maya'), await connect(world, 'priya'), await connect(world, 'elin')]
    const names = ['Maya', 'Priya', 'Elin']
    const calls = Array.from({ length: 200 }, (_, index) => index)
    const answers = await Promise.all(
      calls.map(async (index) => people[index % 3]?.call('atlassianUserInfo', {}, Math.floor(index / 3))),
    )
    expect(answers.filter((answer) => isLimited(answer?.text)).length).toBeLessThanOrEqual(160)
    const mixedUp = answers.filter(
      (answer, index) =>
        answer?.id !== Math.floor(index / 3) ||
        !(isLimited(answer.text) || answer.text.includes(names[index % 3] ?? '')),
    )
    expect(mixedUp).toEqual([])
  })

  it('T45 cannot read on with each other’s positions: what follows is asked for in one’s own name', async () => {
    const world = await createWorld()
    const [maya, sam] = [await connect(world, 'maya'), await connect(world, 'sam')]
    const search = { cloudId: 'brightwater-demo', jql: 'project = ALPHA ORDER BY key', maxResults: 1 }
    const { text } = await maya.call('searchJiraIssuesUsingJql', search)
    const nextPageToken = /nextPageToken:? *[`"]?([^\s`"]+[^\s`".])/.exec(text)?.[1] ?? ''
    expect(nextPageToken).not.toBe('')
    const issue = { cloudId: 'brightwater-demo', issueIdOrKey: 'ALPHA-7' }
    const own = await during(world, () => sam.call('getJiraIssue', issue))
    const { sent } = await during(world, () =>
      sam.call('searchJiraIssuesUsingJql', { ...search, nextPageToken }),
    )
    const mine = new Set(apiRequests(own.sent).map(({ authorization }) => authorization))
    expect(apiRequests(sent).length).toBeGreaterThan(0)
    for (const { authorization } of apiRequests(sent)) expect(mine).toContain(authorization)
  })
})

describe('what a tool is called with', () => {
  it('T46 never leads out of the path of its operation', async () => {
    const world = await createWorld()
    const maya = await connect(world, 'maya')
    const hostile = [
      'PROJ-1/../../admin',
      '..%2f..%2fadmin',
      '%252e%252e%252fadmin',
      'ALPHA-7?x=admin',
      'ALPHA-7#admin',
      'ALPHA-7\nadmin',
      'ALPHA-7\u2215admin',
      '../../../../oauth/token',
    ]
    for (const issueIdOrKey of hostile) {
      const { done, sent } = await during(world, () =>
        maya.call('getJiraIssue', { cloudId: 'brightwater-demo', issueIdOrKey }),
      )
      expect({ issueIdOrKey, refused: done.isError }).toEqual({ issueIdOrKey, refused: true })
      for (const { url } of apiRequests(sent))
        expect(url.pathname).toMatch(/^\/ex\/jira\/[0-9a-f-]{36}\/rest\/api\/3\//)
      expect(sent.filter(({ url }) => /admin|oauth/.test(url.href))).toEqual([])
    }
  })

  it('T49 is never a path on the server: no tool takes one', async () => {
    const world = await createWorld()
    const maya = await connect(world, 'maya')
    const names = (await toolsOf(maya)).flatMap(({ name, inputSchema }) =>
      propertiesOf(inputSchema).map((property) => `${name}.${property}`),
    )
    expect(names.length).toBeGreaterThan(20)
    expect(names.filter((name) => /path|file|folder|directory/i.test(name))).toEqual([])
  })
})

describe('a request without a token', () => {
  it('T56 is refused although the environment holds credentials of the operator', async () => {
    const world = await createWorld()
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'atlassianUserInfo' } }
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
    const { done, sent } = await during(world, () =>
      world.send(
        new Request(`${world.origin}/mcp`, { method: 'POST', headers, body: JSON.stringify(message) }),
      ),
    )
    expect(done.status).toBe(401)
    expect(sent).toEqual([])
  })

  it('T57 with a header that names an upstream changes nothing about where requests go', async () => {
    const world = await createWorld()
    const maya = await connect(world, 'maya')
    const evil = 'https://evil.example'
    const { done, sent } = await during(world, () =>
      maya.post(
        { method: 'tools/call', params: { name: 'getAccessibleAtlassianResources', arguments: {} } },
        { 'x-atlassian-jira-url': evil, 'x-atlassian-cloud-id': 'x', 'x-atlassian-token': 'x' },
      ),
    )
    expect(done.status).toBe(200)
    for (const { url } of sent) expect(url.hostname).toBe('127.0.0.1')
  })
})

/** Names of all members of a schema, however deep. */
function propertiesOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own = 'properties' in schema ? Object.keys(Object(schema.properties)) : []
  return own.concat(Object.values(schema).flatMap(propertiesOf))
}
