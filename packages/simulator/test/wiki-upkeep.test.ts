import { expect, test } from 'vitest'

import { type Answer, type Json, stage } from './support.ts'
import { names, pageId, post, spaceId, v1, v2 } from './wiki.ts'

const accountOf = ({ simulator }: Pick<ReturnType<typeof stage>, 'simulator'>, person: string): string =>
  simulator.people.find(({ id }) => id === person)?.accountId ?? ''

test('content, spaces and labels are watched, and administrators see to what others watch', async () => {
  const here = stage()
  const ask = here.wiki('priya')
  const id = await pageId(ask, 'On-call guide')
  const headers = { 'x-atlassian-token': 'no-check' }
  const watching = async (path: string, who = ask): Promise<boolean> => (await who(path)).body.watching
  for (const thing of [`content/${id}`, 'space/PROD', 'label/runbook']) {
    const path = `${v1}/user/watch/${thing}`
    expect(await watching(path)).toBe(false)
    expect((await ask(path, { method: 'POST' })).status).toBe(403)
    expect((await ask(path, { method: 'POST', headers })).status).toBe(204)
    expect(await watching(path)).toBe(true)
    expect((await ask(path, { method: 'DELETE', headers })).status).toBe(204)
    expect(await watching(path)).toBe(false)
  }
  const other = `${v1}/user/watch/content/${id}?accountId=${encodeURIComponent(accountOf(here, 'grace'))}`
  expect((await ask(other, { method: 'POST', headers })).status).toBe(403)
  expect((await here.wiki('jonas')(other, { method: 'POST', headers })).status).toBe(204)
  const watchers = (await ask(`${v1}/content/${id}/notification/child-created`)).body.results
  expect(watchers.map(({ watcher }: Json) => watcher.displayName)).toEqual(['Grace Okafor'])
  const ofSpace = (await ask(`${v1}/content/${id}/notification/created`)).body.results
  expect(ofSpace.map(({ watcher, spaceKey }: Json) => [watcher.displayName, spaceKey])).toEqual([
    ['Jonas Weber', 'ENG'],
  ])
  expect((await ask(`${v1}/space/ENG/watch`)).body.results).toEqual(ofSpace)
})

test('views are counted from the pages that people look at', async () => {
  const here = stage()
  const ask = here.wiki('maya')
  const id = await pageId(ask, 'Q2 Planning')
  const count = async (what: string, query: object = {}): Promise<number> =>
    (await ask(`${v1}/analytics/content/${id}/${what}`, { query: { ...query } })).body.count
  expect([await count('views'), await count('viewers')]).toEqual([3, 2])
  expect(await count('views', { fromDate: '2030-01-01' })).toBe(0)
  const wrong = await ask(`${v1}/analytics/content/${id}/views`, { query: { fromDate: 'soon' } })
  expect(wrong.status).toBe(400)
})

test('relations hold between people, spaces and content, favourites among them', async () => {
  const here = stage()
  const ask = here.wiki('priya')
  const id = await pageId(ask, 'On-call guide')
  const path = `${v1}/relation/favourite/from/user/current/to`
  const before = (await ask(`${path}/content`)).body.size
  expect((await ask(`${path}/content/${id}`)).status).toBe(404)
  expect((await ask(`${path}/content/${id}`, { method: 'PUT' })).body.name).toBe('favourite')
  const one = await ask(`${path}/content/${id}`, { query: { expand: 'relationData,source,target' } })
  expect(one.body).toMatchObject({
    source: { displayName: 'Priya Raman' },
    target: { title: 'On-call guide' },
    relationData: { createdBy: { displayName: 'Priya Raman' } },
  })
  expect((await ask(`${path}/content`)).body.size).toBe(before + 1)
  const from = await ask(`${v1}/relation/favourite/to/content/${id}/from/user`)
  expect(from.body.size).toBe(1)
  expect((await ask(`${path}/content/${id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(`${path}/content`)).body.size).toBe(before)
  const like = await ask(`${v1}/relation/like/from/user/current/to/content/${id}`, { method: 'PUT' })
  expect(like.status).toBe(400)
  expect((await ask(`${path}/space/LEAD`, { method: 'PUT' })).status).toBe(404)
})

test('groups are listed and looked into, and changed by administrators', async () => {
  const here = stage()
  const maya = here.wiki('maya')
  expect(names((await maya(`${v1}/group`)).body.results)).toEqual(['employees', 'leadership', 'site-admins'])
  const admins = await maya(`${v1}/group`, { query: { accessType: 'site-admin' } })
  expect(names(admins.body.results)).toEqual(['leadership', 'site-admins'])
  const found = await maya(`${v1}/group/picker`, { query: { query: 'LEAD', shouldReturnTotalSize: 'true' } })
  expect([names(found.body.results), found.body.totalSize]).toEqual([['leadership'], 1])
  const body = { name: 'sailors', type: 'group' }
  expect((await here.wiki('jonas')(`${v1}/group`, { method: 'POST', body })).status).toBe(403)
  const made = await maya(`${v1}/group`, { method: 'POST', body })
  expect(made.status).toBe(201)
  expect((await maya(`${v1}/group`, { method: 'POST', body })).status).toBe(400)
  const { id } = made.body
  const accountId = accountOf(here, 'sam')
  const member = { method: 'POST', body: { accountId }, query: { groupId: id } }
  expect((await maya(`${v1}/group/userByGroupId`, member)).status).toBe(201)
  const members = await maya(`${v1}/group/${id}/membersByGroupId`, {
    query: { shouldReturnTotalSize: 'true' },
  })
  expect([members.body.results[0].displayName, members.body.totalSize]).toEqual(['Sam Whitfield', 1])
  const mine = await maya(`${v1}/user/memberof`, { query: { accountId } })
  expect(names(mine.body.results)).toEqual(['sailors'])
  const out = { method: 'DELETE', query: { groupId: id, accountId } }
  expect((await maya(`${v1}/group/userByGroupId`, out)).status).toBe(204)
  expect((await maya(`${v1}/group/userByGroupId`, out)).status).toBe(404)
  expect((await maya(`${v1}/group/by-id`, { query: { id } })).body.name).toBe('sailors')
  expect((await maya(`${v1}/group/by-id`, { method: 'DELETE', query: { id } })).status).toBe(204)
  expect((await maya(`${v1}/group/by-id`, { query: { id } })).status).toBe(404)
})

test('spaces of version 1 are made, changed and deleted for good', async () => {
  const here = stage()
  const ask = here.wiki('jonas')
  const body = {
    key: 'SAIL',
    name: 'Sails',
    description: { plain: { value: 'Cloth', representation: 'plain' } },
  }
  const made = await ask(`${v1}/space`, { method: 'POST', body })
  expect(made.body).toMatchObject({ key: 'SAIL', type: 'global' })
  expect((await ask(`${v1}/space`, { method: 'POST', body })).status).toBe(400)
  expect((await ask(`${v1}/space/_private`, { method: 'POST', body: { ...body, key: 'OWN' } })).status).toBe(
    200,
  )
  expect(await spaceId(here.wiki('priya'), 'OWN')).toBeUndefined()
  const path = `${v1}/space/SAIL`
  const change = (changes: object): Promise<Answer> => ask(path, { method: 'PUT', body: changes })
  expect((await change({ name: 'Sails and ropes', status: 'ARCHIVED' })).body).toMatchObject({
    name: 'Sails and ropes',
    status: 'archived',
  })
  expect((await change({ homepage: { id: '1' } })).status).toBe(400)
  const settings = await ask(`${path}/settings`, { method: 'PUT', body: { routeOverrideEnabled: false } })
  expect(settings.body.routeOverrideEnabled).toBe(false)
  expect((await here.wiki('priya')(`${path}/settings`)).body.spaceKey).toBe('SAIL')
  const id = await spaceId(ask, 'SAIL')
  expect((await here.wiki('priya')(path, { method: 'DELETE' })).status).toBe(404)
  const gone = await ask(path, { method: 'DELETE' })
  expect(gone.status).toBe(202)
  expect((await ask(`${v2}/spaces/${id}`)).status).toBe(404)
})

test('permissions of a space are given and taken one by one', async () => {
  const here = stage()
  const ask = here.wiki('jonas')
  const subject = { type: 'user', identifier: accountOf(here, 'sam') }
  const give = (key: string, target: string, who = ask): Promise<Answer> =>
    who(`${v1}/space/ENG/permission`, { method: 'POST', body: { subject, operation: { key, target } } })
  const sees = async (): Promise<boolean> => (await spaceId(here.wiki('sam'), 'ENG')) !== undefined
  expect((await give('create', 'page')).status).toBe(400)
  const reading = await give('read', 'space')
  expect(reading.body).toMatchObject({ subject, operation: { key: 'read', target: 'space' } })
  expect((await give('read', 'space')).status).toBe(400)
  expect((await give('create', 'page')).status).toBe(200)
  expect(await sees()).toBe(true)
  expect((await give('create', 'page', here.wiki('priya'))).status).toBe(403)
  const custom = { subject, operations: [{ key: 'create', target: 'ac:notes:note', access: true }] }
  const path = `${v1}/space/ENG/permission`
  expect((await ask(`${path}/custom-content`, { method: 'POST', body: custom })).status).toBe(200)
  expect((await ask(`${path}/${reading.body.id}`, { method: 'DELETE' })).status).toBe(204)
  expect(await sees()).toBe(false)
  expect((await ask(`${path}/${reading.body.id}`, { method: 'DELETE' })).status).toBe(404)
  const id = await spaceId(ask, 'ENG')
  const left = (await ask(`${v2}/spaces/${id}/permissions`, { query: { limit: 250 } })).body.results
  expect(left.filter(({ principal }: Json) => principal.id === subject.identifier)).toEqual([])
})

test('labels of a space are put on and taken off by who administers it', async () => {
  const { wiki } = stage()
  const path = `${v1}/space/ENG/label`
  const body = [{ prefix: 'team', name: 'winter' }]
  expect((await wiki('priya')(path, { method: 'POST', body })).status).toBe(403)
  const added = await wiki('jonas')(path, { method: 'POST', body })
  expect(names(added.body.results)).toContain('winter')
  expect((await wiki('jonas')(path, { query: { prefix: 'team' } })).body.size).toBe(2)
  await wiki('jonas')(path, { method: 'DELETE', query: { name: 'winter', prefix: 'team' } })
  expect(names((await wiki('jonas')(path)).body.results)).not.toContain('winter')
})

test('somebody’s own labels are seen by nobody else', async () => {
  const { wiki } = stage()
  const id = await pageId(wiki('sam'), 'Glossary')
  const path = `${v1}/content/${id}/label`
  const added = await wiki('sam')(path, { method: 'POST', body: [{ prefix: 'my', name: 'later' }] })
  expect(added.body.results[0]).toMatchObject({ prefix: 'my', name: 'later' })
  const seen = async (who: string): Promise<readonly string[]> =>
    names((await wiki(who)(`${v2}/pages/${id}/labels`)).body.results)
  expect([await seen('sam'), await seen('maya')]).toEqual([['later'], []])
  await wiki('sam')(`${path}/my:later`, { method: 'DELETE' })
  expect(await seen('sam')).toEqual([])
})

test('a label tells what has it', async () => {
  const { wiki } = stage()
  const ask = wiki('jonas')
  const { body } = await ask(`${v1}/label`, { query: { name: 'runbook' } })
  expect(body.label).toMatchObject({ name: 'runbook', prefix: 'global' })
  expect(body.associatedContents.results.map(({ title }: Json) => title)).toContain('How we release')
  const none = await ask(`${v1}/label`, { query: { name: 'runbook', type: 'attachment' } })
  expect(none.body.associatedContents.size).toBe(0)
  expect(
    (await wiki('sam')(`${v1}/label`, { query: { name: 'runbook' } })).body.associatedContents.size,
  ).toBe(0)
  expect((await ask(`${v1}/label`, { query: { name: 'runbook', type: 'moon' } })).status).toBe(400)
  expect((await ask(`${v1}/label`, { query: { name: 'nothing' } })).status).toBe(404)
  expect((await ask(`${v1}/label`)).status).toBe(400)
})

test('people have properties of their own', async () => {
  const here = stage()
  const ask = here.wiki('jonas')
  const path = `${v1}/user/${encodeURIComponent(accountOf(here, 'jonas'))}/property`
  const write = (method: string, value: unknown): Promise<Answer> =>
    ask(`${path}/theme`, { method, body: { value } })
  expect((await write('PUT', { dark: true })).status).toBe(404)
  expect((await write('POST', 'text')).status).toBe(400)
  expect((await write('POST', { dark: true })).status).toBe(201)
  expect((await write('POST', { dark: true })).status).toBe(409)
  expect((await write('PUT', { dark: false })).status).toBe(204)
  expect((await ask(`${path}/theme`)).body).toMatchObject({ key: 'theme', value: { dark: false } })
  expect((await ask(path)).body.results).toEqual([{ key: 'theme' }])
  expect((await ask(`${path}/theme`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(`${path}/theme`)).status).toBe(404)
  expect((await ask(`${v1}/user/nobody/property`)).status).toBe(404)
})

test('people are looked up together, and addresses are for administrators', async () => {
  const here = stage()
  const [jonas, priya] = [accountOf(here, 'jonas'), accountOf(here, 'priya')]
  const both = await here.wiki('sam')(`${v1}/user/bulk`, { query: { accountId: `${jonas},${priya},nobody` } })
  expect(both.body.results.map(({ displayName }: Json) => displayName)).toEqual([
    'Jonas Weber',
    'Priya Raman',
  ])
  expect((await here.wiki('sam')(`${v1}/user/anonymous`)).body.displayName).toBe('Anonymous')
  const one = { query: { accountId: priya } }
  expect((await here.wiki('jonas')(`${v1}/user/email`, one)).status).toBe(404)
  expect((await here.wiki('maya')(`${v1}/user/email`, one)).body.email).toBe('priya@brightwater.example')
  const bulk = await here.wiki('maya')(`${v1}/user/email/bulk`, { query: { accountId: `${jonas},${priya}` } })
  expect(bulk.body).toHaveLength(2)
  expect((await here.wiki('sam')(`${v1}/settings/systemInfo`)).body).toMatchObject({
    siteTitle: 'Brightwater',
  })
})

test('content of version 1 shows what expand names', async () => {
  const ask = stage().wiki('maya')
  const id = await pageId(ask, 'Q2 Planning')
  await post(ask, `${v2}/pages/${id}/properties`, { key: 'mood', value: 'good' })
  const expand = [
    'space,version,history.lastUpdated,history.contributors,history.previousVersion,history.ownedBy',
    'body.storage,body.view,metadata.labels,metadata.currentuser,metadata.properties.mood',
    'ancestors,operations,children.page,children.comment,children.attachment',
    'restrictions.read.restrictions.user,container',
  ].join(',')
  const { body } = await ask(`${v1}/content/search`, { query: { cql: `id = ${id}`, expand } })
  const [page] = body.results
  expect(page).toMatchObject({
    space: { key: 'PROD' },
    version: { number: 2, by: { displayName: 'Maya Lindqvist' } },
    history: { previousVersion: { number: 1 }, createdBy: { displayName: 'Maya Lindqvist' } },
    metadata: {
      labels: { size: 2 },
      currentuser: { favourited: { isFavourite: true } },
      properties: { mood: { value: 'good' } },
    },
    ancestors: [{ title: 'Product home' }],
    children: { comment: { size: 2 } },
    restrictions: { read: { restrictions: { user: { size: 0 } } } },
    container: { key: 'PROD' },
  })
  expect(page.body.view.value).toContain('<h1>Goals</h1>')
})
