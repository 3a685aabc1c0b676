import { describe, expect, test } from 'vitest'

import { called } from './catalogue-fixture.ts'

describe('a batch', () => {
  test('runs calls in order, and later ones use data of earlier ones', async () => {
    const { text, seen, audit } = await called('executeBatch', {
      calls: [
        { id: 'issue', name: 'getIssue', inputs: { issueIdOrKey: 'DEMO-7' } },
        { name: 'editIssue', inputs: { issueIdOrKey: '{{issue.key}}', summary: 'After {{ issue.key }}' } },
      ],
    })
    expect(seen).toEqual(['read DEMO-7', 'edit DEMO-7 After DEMO-7'])
    expect(text).toContain('2 done, 0 failed, 0 not called.')
    expect(audit).toMatchObject([
      { tool: 'getIssue', via: 'executeBatch' },
      { tool: 'editIssue', via: 'executeBatch' },
      { tool: 'executeBatch', verdict: 'done' },
    ])
  })

  test('stops at a failure, unless it is told to go on', async () => {
    const calls = [
      { name: 'getPage', inputs: { contentId: '0' } },
      { name: 'getIssue', inputs: { issueIdOrKey: 'DEMO-1' } },
    ]
    const stopped = await called('executeBatch', { calls })
    expect(stopped.seen).toEqual([])
    expect(stopped.text).toContain('0 done, 1 failed, 1 not called.')
    const on = await called('executeBatch', { calls, onError: 'continue' })
    expect(on.seen).toEqual(['read DEMO-1'])
  })

  test('refuses a reference that names nothing, and writes nothing', async () => {
    const { text, seen } = await called('executeBatch', {
      calls: [{ name: 'editIssue', inputs: { issueIdOrKey: '{{first.key}}', summary: 'x' } }],
    })
    expect(text).toContain('{{first.key}} names no data of an earlier result. Results with data: none yet.')
    expect(seen).toEqual([])
  })

  test('takes text of results as text: a reference in it is not filled in again', async () => {
    const { seen } = await called('executeBatch', {
      calls: [
        { id: 'a', name: 'getIssue', inputs: { issueIdOrKey: '{{a.key}}' } },
        { name: 'editIssue', inputs: { issueIdOrKey: 'B-1', summary: 'x' } },
      ],
      onError: 'continue',
    })
    expect(seen).toEqual(['edit B-1 x'])
  })

  test('reaches no deeper than its caller', async () => {
    const { text } = await called('executeBatch', {
      calls: [
        { name: 'deleteIssue', inputs: { issueIdOrKey: 'A-1' } },
        { name: 'executeBatch', inputs: { calls: [] } },
      ],
      onError: 'continue',
    })
    expect(text).toContain('There is no tool "deleteIssue"')
    expect(text).toContain('0 done, 2 failed')
  })
})
