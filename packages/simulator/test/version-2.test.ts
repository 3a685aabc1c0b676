import { expect, test } from 'vitest'

import { stage } from './support.ts'

test('version 2 serves the same issues, with text in place of documents and addresses of its own', async () => {
  const ask = stage().onSite('maya')
  const fields = {
    project: { key: 'ALPHA' },
    issuetype: { name: 'Task' },
    summary: 'From version 2',
    description: 'A *bold* word.\n\n* one\n* two',
  }
  const made = await ask('/rest/api/2/issue', { method: 'POST', body: { fields } })
  expect(made.status).toBe(201)
  expect(made.body.self).toContain('/rest/api/2/issue/')
  const second = await ask(`/rest/api/2/issue/${made.body.key}`)
  expect(second.body.fields.description).toContain('*bold*')
  expect(second.body.self).toContain('/rest/api/2/')
  const third = await ask(`/rest/api/3/issue/${made.body.key}`)
  expect(third.body.fields.description).toMatchObject({
    type: 'doc',
    content: [{ type: 'paragraph' }, { type: 'bulletList' }],
  })
})

test('comments and updates of version 2 are text', async () => {
  const ask = stage().onSite('maya')
  const comment = await ask('/rest/api/latest/issue/ALPHA-13/comment', {
    method: 'POST',
    body: { body: 'Hello.' },
  })
  expect([comment.status, comment.body.body]).toEqual([201, 'Hello.'])
  const update = { description: [{ set: 'Changed.' }], comment: [{ add: { body: 'And said.' } }] }
  expect((await ask('/rest/api/2/issue/ALPHA-13', { method: 'PUT', body: { update } })).status).toBe(204)
  const { body } = await ask('/rest/api/2/issue/ALPHA-13?fields=description,comment')
  expect(body.fields.description).toBe('Changed.')
  expect(body.fields.comment.comments.map((one: { body: string }) => one.body)).toContain('And said.')
})

test('what version 3 does not serve is not served by version 2', async () => {
  const ask = stage().onSite('maya')
  expect((await ask('/rest/api/2/no-such-thing')).status).toBe(404)
  expect((await ask('/rest/api/2/issue/NOPE-1')).status).toBe(404)
})
