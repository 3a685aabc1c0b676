import { expect, test } from 'vitest'
import * as z from 'zod'

import { createMcp, createRegistry, toolFactory, toolset } from '../src/index.ts'
import type { After, Visit } from '../src/index.ts'
import { callOf, fakeUpstream, operations, recorder, registry, visitOf } from './fixture.ts'
import type { Services } from './fixture.ts'

const Answer = z.object({ result: z.object({ content: z.tuple([z.object({ text: z.string() })]) }) })

/** A clock that is turned by hand: what was to happen later happens when it is told to. */
function clock(): { readonly after: After; readonly ring: () => void; readonly waiting: () => number } {
  const waiting = new Set<() => void>()
  return {
    after(_milliseconds, callback) {
      waiting.add(callback)
      return () => void waiting.delete(callback)
    },
    ring: () => waiting.forEach((callback) => callback()),
    waiting: () => waiting.size,
  }
}

async function textOf(response: Response): Promise<string> {
  const { result } = Answer.parse(await response.json())
  return result.content[0].text
}

function noServices(): never {
  throw Object.assign(new Error('gone'), { name: 'VaultError', code: 'needs_sign_in' })
}

/** Services whose reading does not end by itself. */
function hanging(): {
  readonly visit: Visit<Services>
  readonly aborted: Promise<unknown>
  readonly asked: Promise<void>
} {
  const aborted = Promise.withResolvers<unknown>()
  const asked = Promise.withResolvers<void>()
  const { services } = fakeUpstream()
  const visit = visitOf({
    services: (call) => ({
      ...services(call),
      tracker: {
        edit() {
          asked.resolve()
          return new Promise<never>(() => {})
        },
        read(_key, signal) {
          asked.resolve()
          signal.addEventListener('abort', () => aborted.resolve(signal.reason))
          return new Promise<never>(() => {})
        },
      },
    }),
  })
  return { visit, aborted: aborted.promise, asked: asked.promise }
}

test('each call leaves one event that says who did what, and holds no arguments', async () => {
  const { events, observe } = recorder()
  const mcp = createMcp({ name: 't', version: '1', registry, observe, now: () => 1000 })
  const visit = visitOf({ services: fakeUpstream().services })
  await mcp.fetch(callOf('jira_rename', { issue_key: 'ED-1', name: 'A secret name' }), visit)
  expect(events.filter((event) => event.type === 'tool_call')).toEqual([
    {
      type: 'tool_call',
      at: 1000,
      durationMs: 0,
      tool: 'editIssue',
      calledAs: 'jira_rename',
      tier: 'write',
      product: 'jira',
      subject: 'ann',
      grantId: 'grant-ann',
      clientId: 'client-1',
      verdict: 'done',
      written: 'yes',
      operations: [{ method: 'PUT', path: operations.editIssue.path, status: 204, count: 1 }],
      replyBytes: expect.any(Number),
    },
  ])
  expect(JSON.stringify(events)).not.toContain('secret')
})

test('a run that takes too long is stopped, and its signal with it', async () => {
  const { events, observe } = recorder()
  const { after, ring, waiting } = clock()
  const { visit, aborted, asked } = hanging()
  const mcp = createMcp({ name: 't', version: '1', registry, observe, after, deadlineMs: 45_000 })
  const answer = mcp.fetch(callOf('getIssue', { issueIdOrKey: 'ED-1' }), visit)
  await asked
  ring()
  expect(await textOf(await answer)).toBe(
    'getIssue did not finish within 45 seconds and was stopped. Ask for less in one call, such as fewer items.',
  )
  expect(await aborted).toMatchObject({ name: 'AbortError', message: 'The deadline has passed.' })
  expect(events.find((event) => event.type === 'tool_call')).toMatchObject({
    verdict: 'timed_out',
    written: 'no',
  })
  expect(waiting()).toBe(0)
})

test('a write that was stopped is not known to have failed', async () => {
  const { after, ring } = clock()
  const { visit, asked } = hanging()
  const mcp = createMcp({ name: 't', version: '1', registry, after })
  const answer = mcp.fetch(callOf('editIssue', { issueIdOrKey: 'ED-1', summary: 'x' }), visit)
  await asked
  ring()
  expect(await textOf(await answer)).toContain('It is not known whether the change was made')
})

test.each(['legacy', 'modern'] as const)('a caller who hangs up stops the run (%s)', async (era) => {
  const { events, observe } = recorder()
  const hangUp = new AbortController()
  const { visit, aborted, asked } = hanging()
  const mcp = createMcp({ name: 't', version: '1', registry, observe })
  const answer = mcp.fetch(callOf('getIssue', { issueIdOrKey: 'ED-1' }, { era }), {
    ...visit,
    signal: hangUp.signal,
  })
  await asked
  hangUp.abort()
  expect(await aborted).toMatchObject({ name: 'AbortError' })
  await answer
  expect(events.find((event) => event.type === 'tool_call')).toMatchObject({
    verdict: 'cancelled',
    code: 'cancelled',
  })
})

test('a call of somebody who has hung up already does not begin', async () => {
  const upstream = fakeUpstream()
  const mcp = createMcp({ name: 't', version: '1', registry })
  const visit = visitOf({ services: upstream.services, signal: AbortSignal.abort() })
  expect(await textOf(await mcp.fetch(callOf('getIssue', { issueIdOrKey: 'ED-1' }), visit))).toBe(
    'The call was cancelled.',
  )
  expect(upstream.seen).toEqual([])
})

test('a schema that throws is told as a fault, and nothing was done', async () => {
  const { events, observe } = recorder()
  const moody = toolFactory<object>()({
    name: 'moody',
    title: 'Moody',
    description: 'Has a schema that needs to wait.',
    tier: 'write',
    product: 'jira',
    uses: [],
    input: z.strictObject({ key: z.string().refine(async () => true) }),
    run: async () => ({ text: '' }),
  })
  const set = toolset({ id: 'moody', title: 'M', description: 'M', tools: [moody] })
  const mcp = createMcp({ name: 't', version: '1', registry: createRegistry([set]), observe })
  const text = await textOf(await mcp.fetch(callOf('moody', { key: 'x' }), visitOf()))
  expect(text).toContain(
    'moody failed because of a fault in this server, not in your call. Nothing was changed.',
  )
  expect(events.map((event) => event.type)).toEqual(['served', 'fault', 'tool_call'])
})

test('services that cannot be made are a failure of the call, told like any other', async () => {
  const mcp = createMcp({ name: 't', version: '1', registry })
  const answer = await mcp.fetch(
    callOf('getIssue', { issueIdOrKey: 'ED-1' }),
    visitOf({ services: noServices }),
  )
  expect(await textOf(answer)).toContain('Ask the person to sign in again')
})

test('services are made with the tool, its tier and its checked input', async () => {
  const seen: unknown[] = []
  const upstream = fakeUpstream()
  const mcp = createMcp({ name: 't', version: '1', registry })
  const visit = visitOf({
    services(call) {
      seen.push({ tool: call.tool, tier: call.tier, input: call.input, subject: call.person.subject })
      return upstream.services(call)
    },
  })
  await mcp.fetch(callOf('jira_get_issue', { issue_key: 'ED-1', fields: 'a,b' }), visit)
  expect(seen).toEqual([
    { tool: 'getIssue', tier: 'read', input: { issueIdOrKey: 'ED-1', fields: ['a', 'b'] }, subject: 'ann' },
  ])
})

test('the canonical name behind an alias is told once to a grant', async () => {
  const mcp = createMcp({ name: 't', version: '1', registry })
  const call = async (visit: Visit<Services>): Promise<string> =>
    textOf(await mcp.fetch(callOf('jira_get_issue', { issueIdOrKey: 'ED-1' }), visit))
  const other = visitOf({ person: { ...visitOf().person, grantId: 'grant-2' } })
  const note = '[jira_get_issue is another name for getIssue; prefer getIssue.]'
  expect(await call(visitOf())).toContain(note)
  expect(await call(visitOf())).not.toContain(note)
  expect(await call(other)).toContain(note)
})

test('two hundred callers with the same id each get their own answer', async () => {
  const mcp = createMcp({ name: 't', version: '1', registry })
  const answers = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const era = index % 2 === 0 ? 'legacy' : 'modern'
      const upstream = fakeUpstream()
      const visit = visitOf({
        services: upstream.services,
        person: { ...visitOf().person, subject: `p${index}` },
      })
      const text = await textOf(
        await mcp.fetch(callOf('getIssue', { issueIdOrKey: `ED-${index}` }, { era }), visit),
      )
      return text.includes(`Text of ED-${index}.`) && upstream.seen.length === 1
    }),
  )
  expect(answers.every(Boolean)).toBe(true)
})
