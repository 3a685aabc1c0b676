import { expect, onTestFinished, test } from 'vitest'

import { createAgent } from '../src/agents/agent.ts'
import { demoForFile } from './support/demo.ts'

const demo = demoForFile()
const site = { cloudId: 'brightwater-demo' }

test('a dry run goes through sign-in, names and checks, shows the request, and changes nothing', async () => {
  const agent = await createAgent({ url: new URL('/mcp', demo().origin), person: 'Maya Lindqvist' })
  onTestFinished(() => agent.close())
  const read = async (): Promise<string> =>
    (await agent.call('getJiraIssue', { ...site, issueIdOrKey: 'ALPHA-7', fields: ['summary'] })).text
  const before = await read()
  const change = { ...site, issueIdOrKey: 'ALPHA-7', fields: { summary: 'Not to be' } }
  const calls = [
    ['editJiraIssue', { ...change, dryRun: true }],
    ['executeWrite', { name: 'editJiraIssue', inputs: change, dryRun: true }],
    ['executeBatch', { calls: [{ name: 'editJiraIssue', inputs: change }], dryRun: true }],
  ] as const
  for (const [tool, input] of calls) {
    const { text, isError } = await agent.attempt(tool, input)
    expect(text).toContain('Dry run: nothing was changed')
    expect(text).toContain('PUT /rest/api/3/issue/{issueIdOrKey}')
    expect(text).toContain('"summary": "Not to be"')
    expect(isError).toBe(false)
  }
  expect(await read()).toBe(before)
})
