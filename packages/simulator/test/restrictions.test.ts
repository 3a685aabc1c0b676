import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, stage } from './support.ts'
import { newPage, pageId, spaceId, v1, v2 } from './wiki.ts'

const at = (id: string, more = ''): string => `${v1}/content/${id}/restriction${more}`

const accountOf = ({ simulator }: Pick<ReturnType<typeof stage>, 'simulator'>, person: string): string =>
  simulator.people.find(({ id }) => id === person)?.accountId ?? ''

const reads = async (ask: Ask, id: string): Promise<boolean> =>
  (await ask(`${v2}/pages/${id}`)).status === 200

test('a restriction to read hides a page and all below it, from reads and from searches', async () => {
  const here = stage()
  const [jonas, priya] = [here.wiki('jonas'), here.wiki('priya')]
  const page = await newPage(jonas, 'Only some')
  const child = await newPage(jonas, 'Below only some', { parentId: page.id })
  const restrict = [
    { operation: 'read', restrictions: { user: [{ type: 'known', accountId: accountOf(here, 'jonas') }] } },
  ]
  const set = await jonas(at(page.id), { method: 'PUT', body: restrict })
  expect(set.body.results.map(({ operation }: Json) => operation)).toEqual(['read', 'update'])
  expect([await reads(jonas, child.id), await reads(priya, child.id)]).toEqual([true, false])
  const query = { cql: 'title ~ "Only some"' }
  const found = async (ask: Ask): Promise<number> => (await ask(`${v1}/search`, { query })).body.totalSize
  expect([await found(jonas), await found(priya)]).toEqual([2, 0])
  const gone = await jonas(at(page.id), { method: 'DELETE' })
  expect(gone.body.restrictionsHash).toBe('')
  expect(await reads(priya, child.id)).toBe(true)
})

test('people and groups are let in and out one by one', async () => {
  const here = stage()
  const jonas = here.wiki('jonas')
  const { id } = await newPage(jonas, 'One by one')
  const { groups } = [...here.simulator.world.sites.values()][0] ?? { groups: new Map() }
  const leadership = [...groups.values()].find(({ name }) => name === 'leadership')?.id ?? ''
  const user = (person: string, method: string): Promise<Answer> =>
    jonas(at(id, '/byOperation/read/user'), { method, query: { accountId: accountOf(here, person) } })
  const group = (method: string): Promise<Answer> =>
    jonas(at(id, `/byOperation/read/byGroupId/${leadership}`), { method })
  expect((await user('priya', 'GET')).status).toBe(404)
  expect((await user('priya', 'PUT')).status).toBe(400)
  expect((await user('jonas', 'PUT')).status).toBe(200)
  expect((await user('priya', 'PUT')).status).toBe(200)
  expect((await user('priya', 'GET')).status).toBe(200)
  expect([await reads(here.wiki('priya'), id), await reads(here.wiki('maya'), id)]).toEqual([true, false])
  expect((await group('PUT')).status).toBe(200)
  expect((await group('GET')).status).toBe(200)
  expect(await reads(here.wiki('maya'), id)).toBe(true)
  const listed = await jonas(at(id, '/byOperation/read'))
  expect(listed.body.restrictions.user.size).toBe(2)
  expect(listed.body.restrictions.group.results[0].name).toBe('leadership')
  await group('DELETE')
  await user('priya', 'DELETE')
  expect([await reads(here.wiki('priya'), id), await reads(here.wiki('maya'), id)]).toEqual([false, false])
})

test('restrictions are listed by operation, with people and groups when they are asked for', async () => {
  const ask = stage().wiki('maya')
  const id = await pageId(ask, 'Q2 Planning: budget and headcount')
  const bare = await ask(at(id, '/byOperation'))
  expect(bare.body.read).not.toHaveProperty('restrictions')
  const query = { expand: 'restrictions.user,restrictions.group' }
  const { body } = await ask(at(id, '/byOperation'), { query })
  expect(body.read.restrictions.user.size).toBeGreaterThan(0)
  expect(body.update.restrictions.group.results).toEqual([])
  const list = await ask(at(id), { query: { expand: 'read.restrictions.user' } })
  expect(list.body.results[0].restrictions.user.size).toBe(body.read.restrictions.user.size)
})

test('a restriction to change leaves reading open, and adding keeps what was there', async () => {
  const here = stage()
  const jonas = here.wiki('jonas')
  const { id } = await newPage(jonas, 'Mine to change')
  const entry = (operation: string, person: string): Json => ({
    operation,
    restrictions: { user: [{ type: 'known', accountId: accountOf(here, person) }], group: [] },
  })
  await jonas(at(id), { method: 'POST', body: [entry('update', 'jonas')] })
  const change = { status: 'current', title: 'By Priya' }
  const rename = (): Promise<Answer> =>
    here.wiki('priya')(`${v2}/pages/${id}/title`, { method: 'PUT', body: change })
  expect([await reads(here.wiki('priya'), id), (await rename()).status]).toEqual([true, 403])
  await jonas(at(id), { method: 'POST', body: { results: [entry('update', 'priya')] } })
  expect((await rename()).status).toBe(200)
})

test('nobody is shut out by himself, and what is named has to be there', async () => {
  const here = stage()
  const jonas = here.wiki('jonas')
  const { id } = await newPage(jonas, 'Careful')
  const put = (restrictions: object, operation = 'read'): Promise<Answer> =>
    jonas(at(id), { method: 'PUT', body: [{ operation, restrictions }] })
  expect((await put({ user: [{ accountId: accountOf(here, 'priya') }] })).status).toBe(400)
  expect((await put({ user: [{ accountId: 'nobody' }] })).status).toBe(400)
  expect((await put({ group: [{ name: 'nothing' }] })).status).toBe(400)
  expect((await put({}, 'delete')).status).toBe(400)
  expect(await reads(here.wiki('priya'), id)).toBe(true)
})

test('who may only read a page cannot restrict it', async () => {
  const here = stage()
  const id = await pageId(here.wiki('sam'), 'Glossary')
  expect((await here.wiki('sam')(at(id), { method: 'DELETE' })).status).toBe(403)
  expect((await here.wiki('sam')(at(id), { method: 'PUT', body: [] })).status).toBe(404)
})

test('somebody is told what he may do, and administrators what others may', async () => {
  const here = stage()
  const id = await pageId(here.wiki('sam'), 'Glossary')
  const check = (who: string, person: string, operation: string): Promise<Answer> =>
    here.wiki(who)(`${v1}/content/${id}/permission/check`, {
      method: 'POST',
      body: { subject: { type: 'user', identifier: accountOf(here, person) }, operation },
    })
  expect((await check('sam', 'sam', 'read')).body.hasPermission).toBe(true)
  expect((await check('sam', 'sam', 'update')).body.hasPermission).toBe(false)
  expect((await check('sam', 'jonas', 'read')).status).toBe(403)
  expect((await check('maya', 'jonas', 'delete')).body.hasPermission).toBe(true)
  expect((await check('maya', 'jonas', 'fly')).status).toBe(400)
  const all = (await here.wiki('maya')(`${v1}/group`)).body.results
  const employees = all.find(({ name }: Json) => name === 'employees').id
  const group = { subject: { type: 'group', identifier: employees }, operation: 'update' }
  const answer = await here.wiki('maya')(`${v1}/content/${id}/permission/check`, {
    method: 'POST',
    body: group,
  })
  expect(answer.body.hasPermission).toBe(true)
  expect(await spaceId(here.wiki('sam'), 'PROD')).toBeDefined()
})
