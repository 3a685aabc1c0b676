import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, stage } from './support.ts'
import { names, newPage, pageId, storage, v1, v2 } from './wiki.ts'

const templates = async (ask: Ask, path: string, query: object = {}): Promise<readonly string[]> =>
  names((await ask(`${v1}/template/${path}`, { query: { ...query } })).body.results)

test('content has a state of its space or of somebody’s own, and each change is a version', async () => {
  const { wiki } = stage()
  const ask = wiki('jonas')
  const { id } = await newPage(ask, 'With a state')
  const path = `${v1}/content/${id}/state`
  expect((await ask(path)).body).toEqual({})
  const available = (await ask(`${path}/available`)).body
  expect(names(available.spaceContentStates)).toContain('In progress')
  const set = (body: object): Promise<Answer> => ask(path, { method: 'PUT', body })
  expect((await set({ id: 1 })).body.contentState.name).toBe('In progress')
  const own = await set({ name: 'Needs wind', color: '#00ff00' })
  expect((await ask(`${v1}/content-states`)).body).toEqual([own.body.contentState])
  expect((await set({ name: 'Needs wind', color: '#00ff00' })).body.contentState.id).toBe(
    own.body.contentState.id,
  )
  expect((await set({ id: 99 })).status).toBe(400)
  expect((await set({ name: 'x'.repeat(21), color: '#00ff00' })).status).toBe(400)
  expect((await ask(`${v2}/pages/${id}`)).body.version.number).toBe(4)
  const inSpace = `${v1}/space/ENG/state`
  const query = { 'state-id': own.body.contentState.id, expand: 'version' }
  expect((await ask(`${inSpace}/content`, { query })).body.results[0].id).toBe(id)
  expect(names((await ask(inSpace)).body)).toHaveLength(3)
  expect((await ask(`${inSpace}/settings`)).body.contentStatesAllowed).toBe(true)
  expect((await wiki('priya')(`${inSpace}/settings`)).status).toBe(403)
  expect((await ask(path, { method: 'DELETE' })).body).toEqual({})
})

test('who may only read a page cannot give it a state', async () => {
  const { wiki } = stage()
  const id = await pageId(wiki('sam'), 'Glossary')
  const answer = await wiki('sam')(`${v1}/content/${id}/state`, { method: 'PUT', body: { id: 1 } })
  expect(answer.status).toBe(403)
})

test('bodies are converted as work that goes on, and the result is kept for five minutes', async () => {
  const here = stage()
  const ask = here.wiki('jonas')
  const convert = (to: string, body: object): Promise<Answer> =>
    ask(`${v1}/contentbody/convert/async/${to}`, { method: 'POST', body })
  const { body } = await convert('atlas_doc_format', storage('<h1>Title</h1>'))
  const path = `${v1}/contentbody/convert/async/${body.asyncId}`
  expect((await ask(path)).body.status).toBe('WORKING')
  const done = await ask(path)
  expect(done.body).toMatchObject({ status: 'COMPLETED', representation: 'atlas_doc_format' })
  expect(JSON.parse(done.body.value).content[0].type).toBe('heading')
  expect((await here.wiki('priya')(path)).status).toBe(403)
  expect((await convert('storage', storage('<p/>'))).status).toBe(400)
  here.simulator.clock.advance(6 * 60_000)
  expect((await ask(path)).status).toBe(404)
})

test('several bodies are converted at once', async () => {
  const ask = stage().wiki('jonas')
  const path = `${v1}/contentbody/convert/async/bulk/tasks`
  const document = { type: 'doc', version: 1, content: [] }
  const adf = { representation: 'atlas_doc_format', value: JSON.stringify(document) }
  const conversionInputs = [
    { to: 'view', body: storage('<p>One</p>') },
    { to: 'storage', body: adf },
    { to: 'view', body: { representation: 'atlas_doc_format', value: 'no JSON' } },
  ]
  const started = await ask(path, { method: 'POST', body: { conversionInputs } })
  const ids = started.body.map(({ asyncId }: Json) => asyncId).join(',')
  await ask(path, { query: { ids } })
  const { body } = await ask(path, { query: { ids } })
  expect(body.map(({ status }: Json) => status)).toEqual(['COMPLETED', 'COMPLETED', 'FAILED'])
  expect(body[0].value).toContain('One')
})

test('macros of a version are read and converted by their ids', async () => {
  const ask = stage().wiki('jonas')
  const macro =
    '<ac:structured-macro ac:name="info" ac:schema-version="1" ac:macro-id="50884bd9"><ac:parameter ac:name="title">Careful</ac:parameter><ac:rich-text-body><p>Wet planks</p></ac:rich-text-body></ac:structured-macro>'
  const toc =
    '<ac:structured-macro ac:name="toc" ac:macro-id="toc-1"><ac:parameter ac:name="maxLevel">3</ac:parameter></ac:structured-macro>'
  const { id } = await newPage(ask, 'With a macro', { body: storage(macro + toc) })
  const path = `${v1}/content/${id}/history/1/macro/id`
  const read = await ask(`${path}/toc-1`)
  expect(read.body).toMatchObject({ name: 'toc', parameters: { maxLevel: { value: '3' } } })
  expect((await ask(`${path}/nothing`)).status).toBe(404)
  const view = await ask(`${path}/toc-1/convert/view`)
  expect(view.body.representation).toBe('view')
  const started = await ask(`${path}/toc-1/convert/async/view`)
  const done = `${v1}/contentbody/convert/async/${started.body.asyncId}`
  await ask(done)
  expect((await ask(done)).body.status).toBe('COMPLETED')
})

test('templates belong to the site or to a space, and blueprints keep theirs', async () => {
  const { wiki } = stage()
  const maya = wiki('maya')
  expect(await templates(maya, 'page')).toEqual(['Decision'])
  expect(await templates(maya, 'page', { spaceKey: 'ENG' })).toEqual(['Incident review'])
  expect(await templates(maya, 'blueprint')).toEqual(['Meeting notes'])
  const body = {
    name: 'Handover',
    description: 'Who does what now',
    templateType: 'page',
    body: { storage: storage('<h1>Who</h1>') },
    space: { key: 'ENG' },
    labels: [{ prefix: 'global', name: 'handover', id: '1', label: 'handover' }],
  }
  expect((await wiki('priya')(`${v1}/template`, { method: 'POST', body })).status).toBe(403)
  const jonas = wiki('jonas')
  const made = await jonas(`${v1}/template`, { method: 'POST', body })
  expect(made.body).toMatchObject({ name: 'Handover', space: { key: 'ENG' }, body: { storage: {} } })
  const nameless = await jonas(`${v1}/template`, { method: 'POST', body: { ...body, name: '' } })
  expect(nameless.status).toBe(400)
  const { templateId } = made.body
  const change = { ...body, templateId, name: 'Handing over' }
  expect((await jonas(`${v1}/template`, { method: 'PUT', body: change })).body.name).toBe('Handing over')
  const one = await jonas(`${v1}/template/${templateId}`, { query: { expand: 'body.atlas_doc_format' } })
  expect(JSON.parse(one.body.body.atlas_doc_format.value).content[0].type).toBe('heading')
  expect((await wiki('sam')(`${v1}/template/${templateId}`)).status).toBe(404)
  expect((await jonas(`${v1}/template/${templateId}`, { method: 'DELETE' })).status).toBe(204)
  expect((await jonas(`${v1}/template/${templateId}`)).status).toBe(404)
  const [blueprint] = (await maya(`${v1}/template/blueprint`)).body.results
  const changed = { ...change, templateId: blueprint.templateId, space: undefined }
  expect((await maya(`${v1}/template`, { method: 'PUT', body: changed })).status).toBe(400)
})
