import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'
import { newPage, pageId, storage, v2 } from './wiki.ts'

const tasks = async (ask: Ask, query: object = {}): Promise<readonly Json[]> =>
  (await ask(`${v2}/tasks`, { query: { limit: 100, ...query } })).body.results

const list = (items: readonly (readonly [id: number, status: string, text: string])[]): Json =>
  storage(
    `<ac:task-list>${items
      .map(
        ([id, status, text]) =>
          `<ac:task><ac:task-id>${id}</ac:task-id><ac:task-status>${status}</ac:task-status><ac:task-body>${text}</ac:task-body></ac:task>`,
      )
      .join('')}</ac:task-list>`,
  )

test('checkboxes of pages are tasks, with whom they are for and until when', async () => {
  const { wiki, simulator } = stage()
  const ask = wiki('priya')
  const priya = simulator.people.find(({ id }) => id === 'priya')?.accountId ?? ''
  const id = await pageId(ask, 'Q2 Planning')
  const found = await tasks(ask, { 'page-id': id, 'body-format': 'storage' })
  expect(found.map(({ status }) => status)).toEqual([
    'complete',
    'complete',
    'incomplete',
    'incomplete',
    'incomplete',
  ])
  expect(found[2]).toMatchObject({ pageId: id, assignedTo: priya, completedAt: null })
  expect(found[2].dueAt).toMatch(/^2026-11-26T/)
  expect(found[2].body.storage.value).toContain('writes down what')
  expect(await tasks(ask, { 'assigned-to': priya, status: 'incomplete' })).toHaveLength(2)
})

test('tasks are narrowed by what they are and by when', async () => {
  const ask = stage().wiki('jonas')
  const { id, spaceId, authorId } = await newPage(ask, 'To do', {
    body: list([
      [1, 'incomplete', 'Paint the pier'],
      [2, 'complete', ''],
    ]),
  })
  const of = async (query: object): Promise<readonly string[]> =>
    (await tasks(ask, { 'page-id': id, ...query })).map(({ localId }) => localId)
  expect(await of({})).toEqual(['1', '2'])
  expect(await of({ 'include-blank-tasks': 'false' })).toEqual(['1'])
  expect(await of({ status: 'complete' })).toEqual(['2'])
  expect(await of({ 'created-by': authorId, 'space-id': spaceId })).toEqual(['1', '2'])
  expect(await of({ 'completed-by': authorId })).toEqual(['2'])
  expect(await of({ 'created-at-to': Date.parse('2020-01-01') })).toEqual([])
  expect(await of({ 'created-at-from': Date.parse('2020-01-01') })).toEqual(['1', '2'])
  expect(await of({ 'due-at-from': Date.parse('2020-01-01') })).toEqual([])
  expect(await of({ 'task-id': '1' })).toEqual([])
})

test('completing a task ticks its checkbox in the body, and back', async () => {
  const ask = stage().wiki('jonas')
  const { id } = await newPage(ask, 'To do', { body: list([[7, 'incomplete', 'Paint']]) })
  const [task] = await tasks(ask, { 'page-id': id })
  const path = `${v2}/tasks/${task.id}`
  const body = async (): Promise<string> =>
    (await ask(`${v2}/pages/${id}`, { query: { 'body-format': 'storage' } })).body.body.storage.value
  const set = (status: string): Promise<Json> => ask(path, { method: 'PUT', body: { status } })
  const done = await set('complete')
  expect(done.body).toMatchObject({ status: 'complete', completedBy: task.createdBy })
  expect(await body()).toContain('<ac:task-status>complete</ac:task-status>')
  expect((await set('incomplete')).body).toMatchObject({ status: 'incomplete', completedBy: null })
  expect(await body()).toContain('<ac:task-status>incomplete</ac:task-status>')
  expect((await set('half')).status).toBe(400)
  expect((await ask(path)).body.localId).toBe('7')
})

test('a task in ADF is ticked too, and an edit of the page moves the tasks along', async () => {
  const ask = stage().wiki('maya')
  const id = await pageId(ask, 'Release Plan')
  const [first] = await tasks(ask, { 'page-id': id })
  const done = await ask(`${v2}/tasks/${first.id}`, { method: 'PUT', body: { status: 'complete' } })
  expect(done.body.status).toBe('complete')
  const { body } = await ask(`${v2}/pages/${id}`, { query: { 'body-format': 'atlas_doc_format' } })
  const attributes = /"attrs":\{[^}]*\}/g
  const own = [...body.body.atlas_doc_format.value.matchAll(attributes)].map(([text]) => text)
  expect(own.filter((text) => text.includes(`"${first.localId}"`) && text.includes('"DONE"'))).toHaveLength(1)
  const change = {
    id,
    status: 'current',
    title: 'Release Plan',
    version: { number: body.version.number + 1 },
    body: list([[1, 'incomplete', 'All new']]),
  }
  await ask(`${v2}/pages/${id}`, { method: 'PUT', body: change })
  expect((await tasks(ask, { 'page-id': id })).map(({ localId }) => localId)).toEqual(['1'])
  expect((await ask(`${v2}/tasks/${first.id}`)).status).toBe(404)
})

test('tasks on hidden pages are hidden, and who may only read cannot complete one', async () => {
  const { wiki } = stage()
  const page = await pageId(wiki('maya'), 'Q2 Planning')
  const [task] = await tasks(wiki('sam'), { 'page-id': page })
  const refused = await wiki('sam')(`${v2}/tasks/${task.id}`, { method: 'PUT', body: { status: 'complete' } })
  expect(refused.status).toBe(404)
  const hidden = await tasks(wiki('priya'), {
    'page-id': await pageId(wiki('priya'), 'Incident review: double booking on the north pier'),
  })
  expect(hidden).toHaveLength(3)
  expect((await wiki('sam')(`${v2}/tasks/${hidden[0].id}`)).status).toBe(404)
})
