import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { stage } from './support.ts'

test('files, properties, filters, tasks and new fields of Jira are there again after a restart', async () => {
  const data = mkdtempSync(join(tmpdir(), 'simulator-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const first = stage({ data })
  const ask = first.jira('maya')
  const headers = { 'x-atlassian-token': 'no-check', 'content-type': 'multipart/form-data; boundary=b' }
  const raw = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nkept\r\n--b--\r\n'
  const { body: files } = await ask('/rest/api/3/issue/ALPHA-5/attachments', { method: 'POST', raw, headers })
  await ask('/rest/api/3/issue/ALPHA-5/properties/kept', { method: 'PUT', body: [1] })
  const filter = { name: 'Kept', jql: 'project = ALPHA' }
  const { body: made } = await ask('/rest/api/3/filter', { method: 'POST', body: filter })
  const type = 'com.atlassian.jira.plugin.system.customfieldtypes:textfield'
  const { body: field } = await ask('/rest/api/3/field', { method: 'POST', body: { name: 'Kept', type } })
  const watch = { selectedIssueIdsOrKeys: ['ALPHA-7', 'ALPHA-8'] }
  const { body: task } = await ask('/rest/api/3/bulk/issues/watch', { method: 'POST', body: watch })
  expect((await ask(`/rest/api/3/bulk/queue/${task.taskId}`)).body.status).toBe('ENQUEUED')
  expect((await ask(`/rest/api/3/bulk/queue/${task.taskId}`)).body.status).toBe('RUNNING')
  await first.simulator.close()

  const again = stage({ data }).jira('maya')
  const path = `/rest/api/3/attachment/content/${files[0].id}?redirect=false`
  expect((await again(path)).text).toBe('kept')
  expect((await again('/rest/api/3/issue/ALPHA-5/properties/kept')).body.value).toEqual([1])
  expect((await again(`/rest/api/3/filter/${made.id}`)).body.name).toBe('Kept')
  expect((await again('/rest/api/3/field/search', { query: { id: field.id } })).body.total).toBe(1)
  const { body: watched } = await again('/rest/api/3/issue/ALPHA-7?fields=watches')
  expect(watched.fields.watches.isWatching).toBe(true)
  expect((await again(`/rest/api/3/bulk/queue/${task.taskId}`)).body.status).toBe('COMPLETE')
})
