import { expect, test } from 'vitest'

import { type Ask, type Json, linksIn, stage } from './support.ts'

const comments = '/wiki/api/v2/footer-comments'

const pageId = async (ask: Ask, title: string): Promise<string> =>
  (await ask('/wiki/api/v2/pages', { query: { title } })).body.results[0]?.id

const text = (value: string): Json => ({ representation: 'storage', value: `<p>${value}</p>` })

test('a footer comment is made with 201 and without a resolution', async () => {
  const ask = stage().wiki('jonas')
  const id = await pageId(ask, 'Release Plan')
  const { status, body } = await ask(comments, {
    method: 'POST',
    body: { pageId: id, body: text('Good plan.') },
  })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    status: 'current',
    title: 'Re: Release Plan',
    pageId: id,
    version: { number: 1 },
    body: { storage: { value: '<p>Good plan.</p>' } },
  })
  expect(body).not.toHaveProperty('resolutionStatus')
  const read = await ask(`${comments}/${body.id}`)
  expect(read.body.resolutionStatus).toBe('open')
  expect(read.body).not.toHaveProperty('body')
  expect(linksIn(read.body).webui).toContain(`?focusedCommentId=${body.id}`)
})

test('comments of a page are listed with a body when one is asked for', async () => {
  const ask = stage().wiki('jonas')
  const id = await pageId(ask, 'Q2 Planning')
  const { body } = await ask(`/wiki/api/v2/pages/${id}/footer-comments?body-format=atlas_doc_format`)
  expect(body.results).toHaveLength(2)
  expect(body.results[0].body.atlas_doc_format.representation).toBe('atlas_doc_format')
  const all = await ask(comments)
  expect(all.body.results.length).toBeGreaterThan(3)
})

test('comments on hidden pages are hidden', async () => {
  const { wiki } = stage()
  const id = await pageId(wiki('grace'), 'Q2 Planning: budget and headcount')
  const { body } = await wiki('grace')(comments, {
    method: 'POST',
    body: { pageId: id, body: text('Secret') },
  })
  const refused = await wiki('jonas')(`${comments}/${body.id}`)
  expect(refused.status).toBe(404)
  const all = await wiki('jonas')(`${comments}?limit=250`)
  expect(all.body.results.map((one: Json) => one.id)).not.toContain(body.id)
})

test('a comment is changed by its author, one version at a time', async () => {
  const { wiki } = stage()
  const id = await pageId(wiki('jonas'), 'Release Plan')
  const made = await wiki('jonas')(comments, { method: 'POST', body: { pageId: id, body: text('One') } })
  const change = (person: string, number: number): Promise<Json> =>
    wiki(person)(`${comments}/${made.body.id}`, {
      method: 'PUT',
      body: { version: { number }, body: text('Two') },
    })
  expect((await change('priya', 2)).status).toBe(403)
  const done = await change('jonas', 2)
  expect([done.status, done.body.version.number, done.body.resolutionStatus]).toEqual([200, 2, 'open'])
  expect((await change('jonas', 2)).status).toBe(409)
})

test('replies hang below a comment and go with it', async () => {
  const ask = stage().wiki('jonas')
  const id = await pageId(ask, 'Release Plan')
  const { body: parent } = await ask(comments, {
    method: 'POST',
    body: { pageId: id, body: text('Question') },
  })
  const reply = await ask(comments, {
    method: 'POST',
    body: { parentCommentId: parent.id, body: text('Answer') },
  })
  const below = await ask(`${comments}/${parent.id}/children`)
  expect(below.body.results.map((one: Json) => one.id)).toEqual([reply.body.id])
  const first = await ask(`/wiki/api/v2/pages/${id}/footer-comments`)
  expect(first.body.results.map((one: Json) => one.id)).not.toContain(reply.body.id)
  expect((await ask(`${comments}/${parent.id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(`${comments}/${reply.body.id}`)).status).toBe(404)
})

test('who may not comment is refused, and a comment needs something to be about', async () => {
  const { wiki } = stage()
  const id = await pageId(wiki('sam'), 'Release Plan')
  expect(
    (await wiki('sam')(comments, { method: 'POST', body: { pageId: id, body: text('Hi') } })).status,
  ).toBe(403)
  expect((await wiki('jonas')(comments, { method: 'POST', body: { body: text('Hi') } })).status).toBe(400)
})

test('blog posts take comments too', async () => {
  const ask = stage().wiki('jonas')
  const { body } = await ask('/wiki/api/v2/blogposts')
  const blogPostId = body.results[0].id
  const made = await ask(comments, { method: 'POST', body: { blogPostId, body: text('Nice') } })
  expect(made.body.blogPostId).toBe(blogPostId)
  const listed = await ask(`/wiki/api/v2/blogposts/${blogPostId}/footer-comments`)
  expect(listed.body.results).toHaveLength(1)
})
