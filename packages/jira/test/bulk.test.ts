import { isAtlassianError } from '@telamon/rest'
import { json } from '@telamon/rest/testing'
import { describe, expect, test } from 'vitest'

import { asked, scripted } from './client.ts'

const submitted = (): Response => json({ taskId: '10641' }, { status: 201 })

const state = (status: string, progressPercent: number): Response =>
  json({ taskId: '10641', status, progressPercent })

describe('changes of many issues', () => {
  test('are handed in, and answered by an id', async () => {
    const { jira, upstream } = scripted(
      submitted(),
      submitted(),
      submitted(),
      submitted(),
      submitted(),
      submitted(),
    )
    const issues = ['DEMO-1', 'DEMO-2']
    expect(await jira.bulk.transition({ issues, transitionId: '31', notify: false })).toEqual({ id: '10641' })
    await jira.bulk.edit({ issues, fields: { priority: { priorityId: '2' } }, fieldIds: ['priority'] })
    await jira.bulk.move({ issues, projectId: '10000', issueTypeId: '10001' })
    await jira.bulk.remove({ issues })
    await jira.bulk.watchIssues(issues)
    await jira.bulk.unwatchIssues(issues)
    expect(asked(upstream)).toMatchInlineSnapshot(`
      [
        "POST /rest/api/3/bulk/issues/transition {"bulkTransitionInputs":[{"selectedIssueIdsOrKeys":["DEMO-1","DEMO-2"],"transitionId":"31"}],"sendBulkNotification":false}",
        "POST /rest/api/3/bulk/issues/fields {"selectedIssueIdsOrKeys":["DEMO-1","DEMO-2"],"editedFieldsInput":{"priority":{"priorityId":"2"}},"selectedActions":["priority"]}",
        "POST /rest/api/3/bulk/issues/move {"targetToSourcesMapping":{"10000,10001":{"inferClassificationDefaults":true,"inferFieldDefaults":true,"inferStatusDefaults":true,"inferSubtaskTypeDefault":true,"issueIdsOrKeys":["DEMO-1","DEMO-2"]}}}",
        "POST /rest/api/3/bulk/issues/delete {"selectedIssueIdsOrKeys":["DEMO-1","DEMO-2"]}",
        "POST /rest/api/3/bulk/issues/watch {"selectedIssueIdsOrKeys":["DEMO-1","DEMO-2"]}",
        "POST /rest/api/3/bulk/issues/unwatch {"selectedIssueIdsOrKeys":["DEMO-1","DEMO-2"]}",
      ]
    `)
  })

  test('are followed until they are over', async () => {
    const { jira } = scripted(state('ENQUEUED', 0), state('RUNNING', 50), state('COMPLETE', 100))
    const seen: unknown[] = []
    for await (const { progressPercent } of jira.bulk.follow('10641')) seen.push(progressPercent)
    expect(seen).toEqual([0, 50, 100])
  })
})

describe('tasks', () => {
  test('that fail are over too', async () => {
    const { jira, upstream } = scripted(
      json({ id: '1', status: 'FAILED', progress: 10 }),
      json({}, { status: 202 }),
    )
    const seen: unknown[] = []
    for await (const { status } of jira.tasks.watch('1')) seen.push(status)
    await jira.tasks.cancel('1')
    expect(seen).toEqual(['FAILED'])
    expect(asked(upstream)).toEqual(['GET /rest/api/3/task/1', 'POST /rest/api/3/task/1/cancel'])
  })

  test('are no longer looked at after an abort', async () => {
    const stop = new AbortController()
    const { jira, upstream } = scripted(json({ id: '1', status: 'RUNNING' }))
    const looking = async (): Promise<void> => {
      for await (const { status } of jira.tasks.watch('1', { signal: stop.signal }))
        if (status === 'RUNNING') stop.abort()
    }
    await expect(looking()).rejects.toSatisfy((error) => isAtlassianError(error, 'aborted'))
    expect(upstream.requests).toHaveLength(1)
  })
})
