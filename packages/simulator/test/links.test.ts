import { expect, test } from 'vitest'

import { type Json, stage } from './support.ts'

const remote = (key: string): string => `/rest/api/3/issue/${key}/remotelink`

const page = {
  globalId: 'appId=1&pageId=99168',
  application: { type: 'com.atlassian.confluence', name: 'Confluence' },
  relationship: 'mentioned in',
  object: { url: 'https://brightwater-demo.atlassian.net/wiki/x/YIMB', title: 'Release Plan' },
}

test('a remote link is made once for each global id', async () => {
  const ask = stage().jira('jonas')
  const first = await ask(remote('ALPHA-8'), { method: 'POST', body: page })
  expect(first.status).toBe(201)
  expect(typeof first.body.id).toBe('number')
  const object = { ...page.object, title: 'Release Plan, new' }
  const second = await ask(remote('ALPHA-8'), { method: 'POST', body: { ...page, object } })
  expect(second.status).toBe(200)
  expect(second.body.id).toBe(first.body.id)
  const { body } = await ask(remote('ALPHA-8'))
  expect(body).toHaveLength(1)
  expect(body[0]).toMatchObject({ globalId: page.globalId, relationship: 'mentioned in', object })
})

test('remote links are found by global id, read, changed and deleted', async () => {
  const ask = stage().jira('jonas')
  const { body: made } = await ask(remote('ALPHA-8'), { method: 'POST', body: page })
  const one = `${remote('ALPHA-8')}/${made.id}`
  expect((await ask(one)).body.object.title).toBe('Release Plan')
  const { globalId } = page
  expect((await ask(remote('ALPHA-8'), { query: { globalId } })).body.id).toBe(made.id)
  const object = { ...page.object, title: 'Changed' }
  expect((await ask(one, { method: 'PUT', body: { ...page, object } })).status).toBe(204)
  expect((await ask(one)).body.object.title).toBe('Changed')
  expect((await ask(one, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(one)).status).toBe(404)
  await ask(remote('ALPHA-8'), { method: 'POST', body: page })
  expect((await ask(remote('ALPHA-8'), { method: 'DELETE', query: { globalId } })).status).toBe(204)
  expect((await ask(remote('ALPHA-8'), { method: 'DELETE', query: { globalId } })).status).toBe(404)
})

test('a remote link needs an address and a title', async () => {
  const { status, body } = await stage().jira('jonas')(remote('ALPHA-8'), {
    method: 'POST',
    body: { object: {} },
  })
  expect(status).toBe(400)
  expect(Object.keys(body.errors)).toEqual(['url', 'title'])
})

test('linking takes the permission to link', async () => {
  const { jira } = stage()
  expect((await jira('sam')(remote('ALPHA-8'), { method: 'POST', body: page })).status).toBe(403)
  const blocks = {
    type: { name: 'Blocks' },
    inwardIssue: { key: 'ALPHA-8' },
    outwardIssue: { key: 'ALPHA-13' },
  }
  expect((await jira('sam')('/rest/api/3/issueLink', { method: 'POST', body: blocks })).status).toBe(401)
})

test('issues are linked, seen from both ends, and remembered in both', async () => {
  const ask = stage().jira('jonas')
  const body = {
    type: { name: 'Blocks' },
    inwardIssue: { key: 'ALPHA-8' },
    outwardIssue: { key: 'ALPHA-13' },
  }
  const made = await ask('/rest/api/3/issueLink', { method: 'POST', body })
  expect([made.status, made.text]).toEqual([201, ''])
  const linksOf = async (key: string): Promise<Json> =>
    (await ask(`/rest/api/3/issue/${key}?fields=issuelinks&expand=changelog`)).body
  const from = await linksOf('ALPHA-8')
  const found = from.fields.issuelinks.find((one: Json) => one.outwardIssue?.key === 'ALPHA-13')
  expect(found.type).toMatchObject({ name: 'Blocks', inward: 'is blocked by', outward: 'blocks' })
  expect(from.changelog.histories[0].items).toEqual([
    {
      field: 'Link',
      fieldtype: 'jira',
      from: null,
      fromString: null,
      to: 'ALPHA-13',
      toString: 'This work item blocks ALPHA-13',
    },
  ])
  const to = await linksOf('ALPHA-13')
  expect(to.fields.issuelinks.some((one: Json) => one.inwardIssue?.key === 'ALPHA-8')).toBe(true)
  const { body: read } = await ask(`/rest/api/3/issueLink/${found.id}`)
  expect([read.inwardIssue.key, read.outwardIssue.key]).toEqual(['ALPHA-8', 'ALPHA-13'])
  expect((await ask(`/rest/api/3/issueLink/${found.id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(`/rest/api/3/issueLink/${found.id}`)).status).toBe(404)
})

const link = (key: string): Json => ({
  type: { name: 'Relates' },
  inwardIssue: { key: 'ALPHA-8' },
  outwardIssue: { key },
})

test('a link to something hidden cannot be made, and is not shown', async () => {
  const { jira } = stage()
  expect(
    (await jira('jonas')('/rest/api/3/issueLink', { method: 'POST', body: link('HIRE-2') })).status,
  ).toBe(201)
  const seen = async (person: string): Promise<number> =>
    (await jira(person)('/rest/api/3/issue/ALPHA-8?fields=issuelinks')).body.fields.issuelinks.length
  expect((await seen('jonas')) - (await seen('priya'))).toBe(1)
  expect(
    (await jira('priya')('/rest/api/3/issueLink', { method: 'POST', body: link('HIRE-1') })).status,
  ).toBe(404)
})

test('link types are listed, and one that is not there is refused', async () => {
  const ask = stage().jira('jonas')
  const { body } = await ask('/rest/api/3/issueLinkType')
  expect(body.issueLinkTypes.map(({ name }: Json) => name)).toEqual([
    'Blocks',
    'Cloners',
    'Duplicate',
    'Relates',
  ])
  const wrong = {
    type: { name: 'Hates' },
    inwardIssue: { key: 'ALPHA-8' },
    outwardIssue: { key: 'ALPHA-13' },
  }
  expect((await ask('/rest/api/3/issueLink', { method: 'POST', body: wrong })).status).toBe(404)
})
