import { expect, test } from 'vitest'
import * as z from 'zod'

import { catalogueToolset, createMcp, createRegistry, DryRunStop } from '../src/index.ts'
import type { ServiceCall, Tier } from '../src/index.ts'
import { callOf, operations, trackerSet, visitOf } from './fixture.ts'
import type { Services } from './fixture.ts'

const registry = createRegistry([catalogueToolset, trackerSet])
const Answer = z.object({
  result: z.object({ content: z.array(z.object({ text: z.string() })), isError: z.boolean().optional() }),
})

/** Calls with services that keep to the rule, inside of an error of a client. */
async function called(
  name: string,
  args: Readonly<Record<string, unknown>>,
  tiers: readonly Tier[] = ['write'],
): Promise<{ text: string; edits: number; isError: boolean }> {
  let edits = 0
  const services = ({ dryRun }: ServiceCall): Services => ({
    tracker: {
      read: async () => 'text',
      async edit(key, summary) {
        const input = { path: { issueIdOrKey: key }, body: { fields: { summary } } }
        if (dryRun)
          throw new Error('refused', { cause: new DryRunStop({ operation: operations.editIssue, input }) })
        edits += 1
      },
    },
    wiki: { page: async () => '' },
  })
  const mcp = createMcp({
    name: 't',
    version: '1',
    registry,
    confirm: { tiers, key: new Uint8Array(32) },
  })
  const response = await mcp.fetch(callOf(name, args), visitOf({ services }))
  const { result } = Answer.parse(await response.json())
  return { text: result.content[0]?.text ?? '', edits, isError: result.isError === true }
}

test('a dry run shows the request that would be sent, sends nothing and asks nobody', async () => {
  const { text, edits, isError } = await called('editIssue', {
    issueIdOrKey: 'A-1',
    summary: 'New',
    dryRun: true,
  })
  expect(isError).toBe(false)
  expect(text).toContain('nothing was changed')
  expect(text).toContain('PUT /rest/api/3/issue/{issueIdOrKey}')
  expect(text).toContain('"summary": "New"')
  expect(edits).toBe(0)
})

test('it works through an execute tool, beside the inputs or among them', async () => {
  const inputs = { issueIdOrKey: 'A-1', summary: 'New' }
  expect((await called('executeWrite', { name: 'editIssue', inputs, dryRun: true })).text).toContain(
    'Dry run',
  )
  expect(
    (await called('executeWrite', { name: 'editIssue', inputs: { ...inputs, dryRun: true } })).text,
  ).toContain('Dry run')
})

test('what is wrong with the arguments is still said', async () => {
  const { text, isError } = await called('editIssue', { issueIdOrKey: 'A-1', sumary: 'New', dryRun: true })
  expect(isError).toBe(true)
  expect(text).toContain('Did you mean summary?')
})

test('a reading tool knows no dry run', async () => {
  expect((await called('getIssue', { issueIdOrKey: 'A-1', dryRun: true })).text).toContain(
    'dryRun is not an argument',
  )
})

test('a batch that is a dry run changes nothing, and no batch runs inside of another', async () => {
  const calls = [{ name: 'editIssue', inputs: { issueIdOrKey: 'A-1', summary: 'New' } }]
  const dry = await called('executeBatch', { calls, dryRun: true })
  expect(dry.text).toContain('Dry run: nothing was changed')
  expect(dry.edits).toBe(0)
  for (const inner of [
    { name: 'executeBatch', inputs: { calls } },
    { name: 'executeWrite', inputs: { name: 'executeBatch', inputs: { calls } } },
  ]) {
    const nested = await called('executeBatch', { calls: [inner] }, [])
    expect(nested.text).toContain('cannot run inside of another one')
    expect(nested.edits).toBe(0)
  }
})
