import { describe, expect, test } from 'vitest'

import { createAgent } from '../src/agents/agent.ts'
import { workflowTable } from '../src/report/table.ts'
import { findLeaks } from '../src/workflows/leaks.ts'
import { runWorkflows } from '../src/workflows/run-workflows.ts'
import type { Workflow } from '../src/workflows/workflow.ts'
import { workflows } from '../src/workflows/workflows.ts'
import { createReference } from '../src/world/reference.ts'
import { demoForFile } from './support/demo.ts'

describe('the example workflows', () => {
  const demo = demoForFile()

  test('are done as each person of their cast, and nobody reads what is not theirs', async () => {
    const result = await runWorkflows(demo(), { workflows, era: 'legacy' })
    expect(
      result.runs.flatMap(({ task, person, failures }) => failures.map((each) => [task, person, each])),
    ).toEqual([])
    expect(result.revision).toBe('2025-11-25')
    for (const { task } of workflows)
      expect(result.runs.filter((run) => run.task === task).length).toBeGreaterThanOrEqual(2)
  })

  test('fail with what leaked, and with the words of a tool that refused', async () => {
    const nosy: Workflow = {
      task: 'Tell what I must not know',
      cast: ['grace', 'priya'],
      async run({ agent, person, keepBack }) {
        if (person.id === 'grace') keepBack('Priya Raman')
        await agent.call('atlassianUserInfo')
      },
    }
    const lost: Workflow = {
      task: 'Read what is not there',
      cast: ['priya'],
      run: async ({ agent }) => {
        await agent.call('getJiraIssue', { cloudId: 'brightwater-demo', issueIdOrKey: 'ALPHA-999' })
      },
    }
    const result = await runWorkflows(demo(), { workflows: [nosy, lost] })
    expect(result.runs.map(({ failures }) => failures)).toEqual([
      [],
      ['Leak: the answer of atlassianUserInfo holds “Priya Raman”, which is what Grace Okafor wrote.'],
      [expect.stringMatching(/^getJiraIssue refused: It does not exist/)],
    ])
    expect(workflowTable(result).split('\n').at(-1)).toBe('2 of 3 runs failed.')
  })

  test('find that tools say the same of what is hidden and of what does not exist', async () => {
    const agent = await createAgent({ url: demo().mcp, person: 'Sam Whitfield' })
    const ask = async (tool: string, argument: string, id: string): Promise<string> => {
      const { isError, text } = await agent.attempt(tool, { cloudId: 'brightwater-demo', [argument]: id })
      return `${isError} ${text.replaceAll(id, 'ID')}`
    }
    const issue = await ask('getJiraIssue', 'issueIdOrKey', 'HIRE-2')
    expect(issue).toMatch(/^true It does not exist, or the person may not see it/)
    expect(issue).toBe(await ask('getJiraIssue', 'issueIdOrKey', 'HIRE-99'))
    const page = await ask('getConfluenceContent', 'contentId', await hiddenPage())
    expect(page).toMatch(/^true It does not exist, or the person may not see it/)
    expect(page).toBe(await ask('getConfluenceContent', 'contentId', '9936000'))
    await agent.close()
  })
})

/** The id of the page that only Grace and Maya may read. */
async function hiddenPage(): Promise<string> {
  const hidden = await createReference().hiddenFrom('sam')
  const marker = hidden.find(({ text }) => text === 'Q2 Planning: budget and headcount')
  return /^page (\d+)$/.exec(marker?.of ?? '')?.[1] ?? ''
}

describe('what a person may not see', () => {
  const reference = createReference()

  test('comes from the world itself: private projects, restricted pages, closed comments, other sites', async () => {
    const hidden = (await reference.hiddenFrom('sam')).map(({ text }) => text)
    for (const words of [
      'HIRE-4',
      'Q2 Planning: budget and headcount',
      'Salary bands',
      'LAKE',
      'priya@brightwater.example',
    ])
      expect(hidden).toContain(words)
    expect(hidden.some((text) => text.startsWith('For us only'))).toBe(true)
    expect(hidden).not.toContain('ALPHA-7')
  })

  test('is nothing but secrets for somebody who sees everything', async () => {
    const hidden = await reference.hiddenFrom('maya')
    expect(hidden.map(({ of }) => of).filter((of) => !/hides it|token/.test(of))).toEqual([])
  })

  test('is found in an answer, unless the question said it first', async () => {
    const hidden = await reference.hiddenFrom('sam')
    const call = { tool: 'getJiraIssue', arguments: {}, text: 'Blocked by HIRE-2.', data: undefined }
    expect(findLeaks([call], hidden)).toEqual([
      'Leak: the answer of getJiraIssue holds “HIRE-2”, which is HIRE-2.',
    ])
    expect(findLeaks([{ ...call, arguments: { issueIdOrKey: 'HIRE-2' } }], hidden)).toEqual([])
    expect(findLeaks([{ ...call, text: 'HIRE-20 and SHIRE' }], hidden)).toEqual([])
  })
})
