import { expect, test } from 'vitest'

import { type Json, stage, words } from './support.ts'

const path = (key: string): string => `/rest/api/3/issue/${key}/transitions`

test('transitions lead from where an issue stands, for who may take them', async () => {
  const { jira } = stage()
  const { body } = await jira('jonas')(path('ALPHA-13'))
  expect(body.expand).toBe('transitions')
  expect(body.transitions.map(({ id, to }: Json) => [id, to.name])).toEqual([
    ['11', 'To Do'],
    ['21', 'In Progress'],
    ['31', 'In Review'],
    ['41', 'Done'],
  ])
  expect(body.transitions[0]).toMatchObject({ hasScreen: false, isGlobal: true, isAvailable: true })
  expect((await jira('sam')(path('ALPHA-13'))).body.transitions).toEqual([])
})

test('a transition moves the issue, sets the resolution and is remembered', async () => {
  const ask = stage().jira('jonas')
  const moved = await ask(path('ALPHA-13'), { method: 'POST', body: { transition: { id: '41' } } })
  expect([moved.status, moved.text]).toEqual([204, ''])
  expect(moved.headers.get('content-type')).toBe('text/html;charset=UTF-8')
  const { body } = await ask(
    '/rest/api/3/issue/ALPHA-13?fields=status,resolution,resolutiondate&expand=changelog',
  )
  expect(body.fields).toMatchObject({ status: { name: 'Done' }, resolution: { name: 'Done' } })
  expect(body.fields.resolutiondate).not.toBeNull()
  const fields = body.changelog.histories[0].items.map(({ field }: Json) => field)
  expect(fields.toSorted()).toEqual(['resolution', 'status'])
})

test('opening an issue again takes its resolution away', async () => {
  const ask = stage().jira('jonas')
  await ask(path('ALPHA-12'), { method: 'POST', body: { transition: { id: 11 } } })
  const { body } = await ask('/rest/api/3/issue/ALPHA-12?fields=status,resolution,resolutiondate')
  expect(body.fields).toMatchObject({ status: { name: 'To Do' }, resolution: null, resolutiondate: null })
})

test('a transition without an id, or with one that is not there, is refused', async () => {
  const ask = stage().jira('jonas')
  const without = await ask(path('ALPHA-13'), { method: 'POST', body: {} })
  expect(without.body).toEqual({ errorMessages: ["Missing 'transition' identifier"], errors: {} })
  const wrong = await ask(path('ALPHA-13'), { method: 'POST', body: { transition: { id: '99' } } })
  expect(wrong.status).toBe(400)
  const forbidden = await stage().jira('sam')(path('ALPHA-13'), {
    method: 'POST',
    body: { transition: { id: '41' } },
  })
  expect(forbidden.status).toBe(400)
})

test('a transition with a screen asks for its fields', async () => {
  const ask = stage().jira('jonas')
  const { body } = await ask(`${path('WEB-5')}?expand=transitions.fields`)
  const done = body.transitions.find(({ to }: Json) => to.name === 'Done')
  expect(done).toMatchObject({ hasScreen: true, isGlobal: false, fields: { resolution: { required: true } } })
  const refused = await ask(path('WEB-5'), { method: 'POST', body: { transition: { id: done.id } } })
  expect(refused.status).toBe(400)
  expect(refused.body.errors).toEqual({ resolution: 'Resolution is required.' })
  const fields = { resolution: { name: "Won't Do" } }
  const moved = await ask(path('WEB-5'), { method: 'POST', body: { transition: { id: done.id }, fields } })
  expect(moved.status).toBe(204)
  expect((await ask('/rest/api/3/issue/WEB-5?fields=resolution')).body.fields.resolution.name).toBe(
    "Won't Do",
  )
})

test('a company-managed workflow only goes one step at a time', async () => {
  const { body } = await stage().jira('jonas')(path('WEB-4'))
  expect(body.transitions.map(({ name }: Json) => name)).toEqual(['Move to In Progress'])
})

test('a comment can come along with a transition', async () => {
  const ask = stage().jira('jonas')
  const update = { comment: [{ add: { body: words('Ready for a look.') } }] }
  await ask(path('ALPHA-13'), { method: 'POST', body: { transition: { id: '31' }, update } })
  const { body } = await ask('/rest/api/3/issue/ALPHA-13/comment')
  expect(body.comments.at(-1).body).toEqual(words('Ready for a look.'))
})
