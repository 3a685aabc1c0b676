import { expect, test } from 'vitest'

import { createAgent } from '../src/agents/agent.ts'
import { demoForFile } from './support/demo.ts'

const demo = demoForFile()

test.each(['legacy', 'auto'] as const)(
  'a restart between two calls is not noticed by a signed-in client (%s)',
  async (era) => {
    const agent = await createAgent({ url: demo().mcp, person: 'Maya Lindqvist', era })
    const { data } = await agent.call('createJiraIssue', {
      cloudId: 'brightwater-demo',
      projectKey: 'ALPHA',
      issueType: 'Task',
      summary: `Survives a restart (${era})`,
    })
    await demo().restart()
    const read = await agent.call('getJiraIssue', {
      cloudId: 'brightwater-demo',
      issueIdOrKey: data['key'],
    })
    expect(read.text).toContain(`Survives a restart (${era})`)
    expect(agent.identity.signIns()).toBe(1)
    await agent.close()
  },
)
