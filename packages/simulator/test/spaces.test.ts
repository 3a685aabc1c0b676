import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, linksIn, stage } from './support.ts'
import { newPage, pageId, post, spaceId, titlesOf, v1, v2 } from './wiki.ts'

const keys = async (ask: Ask, query: object = {}): Promise<readonly string[]> =>
  (await ask(`${v2}/spaces`, { query: { ...query } })).body.results.map(({ key }: Json) => key)

const accountOf = ({ simulator }: Pick<ReturnType<typeof stage>, 'simulator'>, person: string): string =>
  simulator.people.find(({ id }) => id === person)?.accountId ?? ''

test('spaces can be asked for by label and by who keeps them at hand', async () => {
  const at = stage()
  const ask = at.wiki('priya')
  expect(await keys(ask, { labels: 'runbooks' })).toEqual(['ENG'])
  expect(await keys(ask, { labels: 'nothing' })).toEqual([])
  const priya = accountOf(at, 'priya')
  expect(await keys(ask, { 'favorited-by': priya })).toEqual(['ENG'])
  expect(await keys(ask, { 'not-favorited-by': priya })).toEqual(['TEAM', 'PROD'])
})

test('a space is made with a home page, and everybody may write in it unless it is private', async () => {
  const { wiki } = stage()
  const made = await wiki('jonas')(`${v2}/spaces`, {
    method: 'POST',
    body: { name: 'Sails', key: 'SAILS', description: { value: 'Cloth', representation: 'plain' } },
  })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ key: 'SAILS', name: 'Sails', type: 'global', status: 'current' })
  expect(titlesOf(await wiki('sam')(`${v2}/spaces/${made.body.id}/pages`))).toEqual(['Sails Home'])
  const page = { spaceId: made.body.id, title: 'By Sam' }
  expect((await wiki('sam')(`${v2}/pages`, { method: 'POST', body: page })).status).toBe(200)
  const own = { name: 'Mine', key: 'MINE', createPrivateSpace: true }
  await wiki('jonas')(`${v2}/spaces`, { method: 'POST', body: own })
  expect(await keys(wiki('jonas'))).toContain('MINE')
  expect(await keys(wiki('priya'))).not.toContain('MINE')
})

test.each([
  ['no name', { name: '' }],
  ['no key', { key: undefined }],
  ['a key with a space in it', { key: 'A B' }],
  ['a key that is taken', { key: 'eng' }],
])('a space with %s is refused', async (_, changes) => {
  const body = { name: 'New', key: 'NEW', ...changes }
  expect((await stage().wiki('jonas')(`${v2}/spaces`, { method: 'POST', body })).status).toBe(400)
})

test('who may enter a space can be copied from another', async () => {
  const { wiki } = stage()
  const source = await spaceId(wiki('jonas'), 'ENG')
  const body = { name: 'Hulls', key: 'HULLS', copySpaceAccessConfiguration: source }
  await wiki('jonas')(`${v2}/spaces`, { method: 'POST', body })
  expect(await keys(wiki('priya'))).toContain('HULLS')
  expect(await keys(wiki('sam'))).not.toContain('HULLS')
  expect((await wiki('priya')(`${v2}/spaces`, { method: 'POST', body: { ...body, key: 'X' } })).status).toBe(
    404,
  )
})

test('permissions of a space are listed, and more than fifty come with a cursor', async () => {
  const ask = stage().wiki('jonas')
  const id = await spaceId(ask, 'ENG')
  const { body } = await ask(`${v2}/spaces/${id}/permissions`, { query: { limit: 5 } })
  expect(body.results[0]).toMatchObject({ principal: { type: 'group' }, operation: { key: 'read' } })
  expect(linksIn(body).next).toContain('cursor=')
  const sails = await post(ask, `${v2}/spaces`, { name: 'Sails', key: 'SAILS' })
  const people = ['user', 'group']
  for (const type of people) {
    const identifier =
      type === 'user' ? accountOf(stage(), 'priya') : (await ask(`${v1}/group`)).body.results[0].id
    for (const [key, target] of [
      ['read', 'space'],
      ['create', 'page'],
      ['create', 'comment'],
      ['delete', 'page'],
      ['delete', 'comment'],
      ['archive', 'page'],
      ['restrict_content', 'space'],
      ['administer', 'space'],
    ]) {
      await post(ask, `${v1}/space/SAILS/permission`, {
        subject: { type, identifier },
        operation: { key, target },
      })
    }
  }
  const path = `${v2}/spaces/${sails.id}`
  const { permissions } = (await ask(path, { query: { 'include-permissions': 'true' } })).body
  const all = (await ask(`${path}/permissions`, { query: { limit: 250 } })).body.results
  expect(permissions.results).toHaveLength(Math.min(50, all.length))
  expect(permissions.meta.hasMore).toBe(all.length > 50)
  const operations = (await ask(`${path}/operations`)).body.operations
  expect(operations).toContainEqual({ operation: 'administer', targetType: 'space' })
})

test('roles give permissions in a space, until they are taken away', async () => {
  const at = stage()
  const ask = at.wiki('jonas')
  const id = await spaceId(ask, 'ENG')
  const path = `${v2}/spaces/${id}/role-assignments`
  const roles = (await ask(`${v2}/space-roles`)).body.results
  const viewer = roles.find(({ name }: Json) => name === 'Viewer')
  expect((await ask(`${v2}/space-roles/${viewer.id}`)).body).toMatchObject({ type: 'SYSTEM', name: 'Viewer' })
  const principal = { principalType: 'USER', principalId: accountOf(at, 'sam') }
  const give = (roleId?: string): Promise<Answer> =>
    ask(path, { method: 'POST', body: [{ principal, ...(roleId !== undefined && { roleId }) }] })
  expect(await keys(at.wiki('sam'))).not.toContain('ENG')
  expect((await give(viewer.id)).body.results).toEqual([{ principal, roleId: viewer.id }])
  expect(await keys(at.wiki('sam'))).toContain('ENG')
  const page = { spaceId: id, title: 'By Sam' }
  expect((await at.wiki('sam')(`${v2}/pages`, { method: 'POST', body: page })).status).toBe(403)
  const asked = { query: { 'principal-id': principal.principalId, 'role-type': 'SYSTEM' } }
  expect((await ask(path, asked)).body.results).toHaveLength(1)
  const own = { query: { 'space-id': id, 'principal-id': principal.principalId } }
  expect((await ask(`${v2}/space-roles`, own)).body.results).toHaveLength(1)
  const { body } = await ask(`${v2}/spaces/${id}`, { query: { 'include-role-assignments': 'true' } })
  expect(body.roleAssignments.results).toHaveLength(1)
  expect((await at.wiki('sam')(path, { method: 'POST', body: [] })).status).toBe(404)
  expect((await give('nothing')).status).toBe(400)
  await give()
  expect(await keys(at.wiki('sam'))).not.toContain('ENG')
})

test('administrators make roles of their own, change and delete them', async () => {
  const at = stage()
  const ask = at.wiki('maya')
  const role = {
    name: 'Scribe',
    description: 'Comments',
    spacePermissions: ['read/space', 'create/comment'],
  }
  const path = `${v2}/space-roles`
  expect((await at.wiki('jonas')(path, { method: 'POST', body: role })).status).toBe(404)
  const unknown = { ...role, spacePermissions: ['fly/space'] }
  expect((await ask(path, { method: 'POST', body: unknown })).status).toBe(400)
  const made = await ask(path, { method: 'POST', body: role })
  expect([made.status, made.body.type]).toEqual([201, 'CUSTOM'])
  expect((await ask(path, { method: 'POST', body: role })).status).toBe(400)
  const one = `${path}/${made.body.id}`
  const changed = await ask(one, { method: 'PUT', body: { ...role, name: 'Writer' } })
  expect([changed.status, changed.body.name]).toEqual([202, 'Writer'])
  const task = await ask(`${v1}/longtask/${changed.body.taskId}`)
  expect(task.body).toMatchObject({ finished: false, percentageComplete: 60 })
  const id = await spaceId(ask, 'LEAD')
  const principal = { principalType: 'USER', principalId: accountOf(at, 'sam') }
  const { homepageId } = (await ask(`${v2}/spaces/${id}`)).body
  expect((await at.wiki('sam')(`${v2}/pages/${homepageId}`)).status).toBe(404)
  const [grace] = [at.wiki('grace')]
  await grace(`${v2}/spaces/${id}/role-assignments`, {
    method: 'POST',
    body: [{ principal, roleId: made.body.id }],
  })
  expect((await at.wiki('sam')(`${v2}/pages/${homepageId}`)).status).toBe(200)
  expect((await ask(one, { method: 'DELETE' })).status).toBe(202)
  expect((await at.wiki('sam')(`${v2}/pages/${homepageId}`)).status).toBe(404)
  const roles = (await ask(path, { query: { 'role-type': 'SYSTEM' } })).body.results
  expect((await ask(`${path}/${roles[0].id}`, { method: 'DELETE' })).status).toBe(400)
  expect((await ask(`${v2}/space-role-mode`)).body).toEqual({ mode: 'ROLES_TRANSITION' })
  const permissions = (await ask(`${v2}/space-permissions`)).body.results
  expect(permissions.map(({ id: name }: Json) => name)).toContain('create/comment')
})

test('levels of confidentiality come from the space unless content has its own', async () => {
  const { wiki } = stage()
  const ask = wiki('jonas')
  const space = await spaceId(ask, 'ENG')
  const [first, second] = (await ask(`${v2}/classification-levels`)).body
  const forSpace = `${v2}/spaces/${space}/classification-level/default`
  expect((await ask(forSpace)).status).toBe(404)
  expect((await wiki('priya')(forSpace, { method: 'PUT', body: { id: first.id } })).status).toBe(404)
  expect((await ask(forSpace, { method: 'PUT', body: { id: first.id } })).status).toBe(204)
  const page = await newPage(ask, 'Classified')
  const path = `${v2}/pages/${page.id}/classification-level`
  expect((await ask(path)).body.name).toBe(first.name)
  const level = { id: second.id, status: 'current' }
  expect((await ask(path, { method: 'PUT', body: { ...level, id: 'none' } })).status).toBe(400)
  expect((await ask(path, { method: 'PUT', body: level })).status).toBe(204)
  expect((await ask(path)).body.name).toBe(second.name)
  expect((await ask(`${path}/reset`, { method: 'POST', body: { status: 'current' } })).status).toBe(204)
  expect((await ask(path)).body.name).toBe(first.name)
  expect((await ask(forSpace, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(path)).status).toBe(404)
})

test.each(['blogposts', 'whiteboards', 'databases'])(
  '%s have levels of confidentiality too',
  async (kind) => {
    const ask = stage().wiki('jonas')
    const body = { spaceId: await spaceId(ask, 'ENG'), title: 'Classified' }
    const { id } = await post(ask, `${v2}/${kind}`, body)
    const [level] = (await ask(`${v2}/classification-levels`)).body
    const path = `${v2}/${kind}/${id}/classification-level`
    await ask(path, { method: 'PUT', body: { id: level.id, status: 'current' } })
    expect((await ask(path)).body).toEqual(level)
    await ask(`${path}/reset`, { method: 'POST', body: { status: 'current' } })
    expect((await ask(path)).status).toBe(404)
  },
)

test('labels of a space and of its content are listed, and found by name or id', async () => {
  const ask = stage().wiki('jonas')
  const id = await spaceId(ask, 'ENG')
  const of = async (path: string, query: object = {}): Promise<readonly Json[]> =>
    (await ask(`${v2}${path}`, { query: { ...query } })).body.results
  expect((await of(`/spaces/${id}/labels`)).map(({ prefix, name }) => `${prefix}:${name}`)).toEqual([
    'team:slipway',
    'global:runbooks',
  ])
  expect(await of(`/spaces/${id}/labels`, { prefix: 'team' })).toHaveLength(1)
  const inside = await of(`/spaces/${id}/content/labels`, { sort: 'name' })
  expect(inside.map(({ name }) => name)).toContain('runbook')
  const runbook = inside.find(({ name }) => name === 'runbook')
  expect(await of('/labels', { 'label-id': runbook.id })).toEqual([runbook])
  const pages = await ask(`${v2}/labels/${runbook.id}/pages`, { query: { sort: 'title', 'space-id': id } })
  expect(titlesOf(pages)).toEqual(['How we release', 'On-call guide'])
  expect(titlesOf(await ask(`${v2}/labels/${runbook.id}/blogposts`))).toEqual([])
  expect((await stage().wiki('sam')(`${v2}/labels/${runbook.id}/pages`)).status).toBe(404)
  const news = (await of('/labels')).find(({ name }) => name === 'news')
  expect(titlesOf(await ask(`${v2}/labels/${news.id}/blogposts`))).toContain('Lakeside measures its berths')
})

test('likes are counted and listed', async () => {
  const ask = stage().wiki('maya')
  const path = `${v2}/pages/${await pageId(ask, 'Q2 Planning')}/likes`
  expect((await ask(`${path}/count`)).body).toEqual({ count: 2 })
  expect((await ask(`${path}/users`)).body.results).toHaveLength(2)
  const { body } = await ask(`${v2}/blogposts`)
  const news = `${v2}/blogposts/${body.results[0].id}/likes`
  expect((await ask(`${news}/users`)).body.results).toHaveLength((await ask(`${news}/count`)).body.count)
})

test('what somebody may do with a page or a post is listed', async () => {
  const { wiki } = stage()
  const id = await pageId(wiki('maya'), 'Q2 Planning')
  const names = async (who: string, path: string): Promise<readonly string[]> =>
    (await wiki(who)(path)).body.operations.map(({ operation }: Json) => operation)
  expect(await names('sam', `${v2}/pages/${id}/operations`)).toEqual(['read', 'view_analytics'])
  expect(await names('maya', `${v2}/pages/${id}/operations`)).toContain('restrict_content')
  const { body } = await wiki('maya')(`${v2}/blogposts`)
  expect(await names('maya', `${v2}/blogposts/${body.results[0].id}/operations`)).toContain('delete')
})

test('addresses without access to Confluence are told apart from those with it', async () => {
  const emails = ['jonas@brightwater.example', 'elin@lakeside.example', 'nonsense']
  const { body } = await stage().wiki('maya')(`${v2}/user/access/check-access-by-email`, {
    method: 'POST',
    body: { emails },
  })
  expect(body).toEqual({ emailsWithoutAccess: ['elin@lakeside.example'], invalidEmails: ['nonsense'] })
})
