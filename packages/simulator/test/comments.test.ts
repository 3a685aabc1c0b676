import { expect, test } from 'vitest'

import { brightwater, stage, words } from './support.ts'

const comments = (key: string): string => `/rest/api/3/issue/${key}/comment`

test('comments come in pages of a hundred, oldest first', async () => {
  const ask = stage().jira('priya')
  const { body } = await ask(comments('ALPHA-8'))
  expect(Object.keys(body)).toEqual(['startAt', 'maxResults', 'total', 'comments'])
  expect(body).toMatchObject({ startAt: 0, maxResults: 100, total: 2 })
  const newestFirst = await ask(`${comments('ALPHA-8')}?orderBy=-created&maxResults=1`)
  expect(newestFirst.body.comments[0].author.displayName).toBe('Grace Okafor')
})

test('a comment is added with its address in the header', async () => {
  const ask = stage().jira('sam')
  const { status, body, headers } = await ask(comments('ALPHA-8'), {
    method: 'POST',
    body: { body: words('Seen.') },
  })
  expect(status).toBe(201)
  expect(headers.get('location')).toBe(body.self)
  expect(body.self).toContain(`/ex/jira/${brightwater}/rest/api/3/issue/10007/comment/`)
  expect(body).toMatchObject({
    body: words('Seen.'),
    jsdPublic: true,
    author: { displayName: 'Sam Whitfield' },
  })
  expect((await ask(`${comments('ALPHA-8')}/${body.id}`)).body.id).toBe(body.id)
})

test('the text of a comment has to be a document', async () => {
  const ask = stage().jira('sam')
  const plain = await ask(comments('ALPHA-8'), { method: 'POST', body: { body: 'plain' } })
  expect(plain.status).toBe(400)
  expect(plain.body.errors.comment).toContain('Atlassian Document')
  const wrong = { type: 'doc', version: 1, content: [{ type: 'panel', content: [] }] }
  const invalid = await ask(comments('ALPHA-8'), { method: 'POST', body: { body: wrong } })
  expect(invalid.body).toEqual({ errorMessages: ['INVALID_INPUT'], errors: {} })
  expect((await ask(comments('ALPHA-8'), { method: 'POST', body: {} })).status).toBe(400)
})

test('a comment is changed by its author, and by who may change all', async () => {
  const { jira } = stage()
  const made = await jira('sam')(comments('ALPHA-8'), { method: 'POST', body: { body: words('First') } })
  const path = `${comments('ALPHA-8')}/${made.body.id}`
  const change = (person: string, text: string): Promise<{ status: number }> =>
    jira(person)(path, { method: 'PUT', body: { body: words(text) } })
  expect((await change('sam', 'Second')).status).toBe(200)
  expect((await change('jonas', 'Mine now')).status).toBe(400)
  expect((await change('maya', 'Third')).status).toBe(200)
  const { body } = await jira('sam')(path)
  expect(body).toMatchObject({ body: words('Third'), author: { displayName: 'Sam Whitfield' } })
  expect(body.updateAuthor.displayName).toBe('Maya Lindqvist')
})

test('a comment is deleted by its author, and is gone', async () => {
  const { jira } = stage()
  const made = await jira('sam')(comments('ALPHA-8'), { method: 'POST', body: { body: words('Oops') } })
  const path = `${comments('ALPHA-8')}/${made.body.id}`
  expect((await jira('priya')(path, { method: 'DELETE' })).status).toBe(400)
  expect((await jira('sam')(path, { method: 'DELETE' })).status).toBe(204)
  expect((await jira('sam')(path)).status).toBe(404)
})

test('a comment for a role cannot be read at its own address either', async () => {
  const { jira } = stage()
  const { body } = await jira('maya')(comments('ALPHA-7'))
  const hidden = body.comments.find((one: { visibility?: unknown }) => one.visibility)
  expect(hidden.visibility).toMatchObject({ type: 'role', identifier: 'Administrators' })
  expect((await jira('priya')(`${comments('ALPHA-7')}/${hidden.id}`)).status).toBe(404)
})

test('nobody comments without being let in', async () => {
  const { anonymous } = stage()
  const { status } = await anonymous(comments('WEB-1'), { method: 'POST', body: { body: words('Spam') } })
  expect(status).toBe(400)
})
