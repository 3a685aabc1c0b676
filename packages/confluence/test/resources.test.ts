import { json, reply } from '@telamon/rest/testing'
import { describe, expect, test } from 'vitest'

import type { Confluence } from '../src/index.ts'
import { asked, scripted } from './client.ts'

const doc = { type: 'doc', version: 1, content: [] } as const
const none = (): Response => json({ results: [], _links: {} })

/** What a method of the surface asks the upstream. */
async function request(
  run: (wiki: Confluence) => Promise<unknown>,
  answer: Response = json({}),
): Promise<string> {
  const { wiki, upstream } = scripted(answer)
  await run(wiki)
  return asked(upstream).join('\n')
}

test('spaces are listed, read, found by key and made', async () => {
  const all = [
    await request(
      (wiki) => wiki.spaces.list({ type: 'global', status: 'current', description: 'plain' }).page(),
      none(),
    ),
    await request((wiki) => wiki.spaces.get('1', { description: 'view' })),
    await request((wiki) => wiki.spaces.byKey('DOCS'), none()),
    await request((wiki) => wiki.spaces.create({ name: 'Documents', key: 'DOCS' })),
  ]
  expect(all).toMatchInlineSnapshot(`
    [
      "GET /wiki/api/v2/spaces?type=global&status=current&description-format=plain&limit=250",
      "GET /wiki/api/v2/spaces/1?description-format=view",
      "GET /wiki/api/v2/spaces?keys=DOCS&limit=1",
      "POST /wiki/api/v2/spaces {"name":"Documents","key":"DOCS"}",
    ]
  `)
})

describe('comments', () => {
  const from = { version: { number: 1 } }

  test('at the foot', async () => {
    const all = [
      await request(
        (wiki) => wiki.comments.footer.list({ pageId: '1' }, { body: 'storage' }).page({ size: 5 }),
        none(),
      ),
      await request((wiki) => wiki.comments.footer.list({ blogPostId: '1' }).page(), none()),
      await request((wiki) => wiki.comments.footer.replies('7').page(), none()),
      await request((wiki) => wiki.comments.footer.get('7', { body: 'storage' })),
      await request((wiki) => wiki.comments.footer.add({ pageId: '1' }, doc)),
      await request((wiki) => wiki.comments.footer.add({ parentCommentId: '7' }, { storage: '<p>yes</p>' })),
      await request((wiki) => wiki.comments.footer.update('7', { from, body: doc, message: 'typo' })),
      await request((wiki) => wiki.comments.footer.remove('7'), reply(204)),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "GET /wiki/api/v2/pages/1/footer-comments?body-format=storage&limit=5",
        "GET /wiki/api/v2/blogposts/1/footer-comments?limit=250",
        "GET /wiki/api/v2/footer-comments/7/children?limit=250",
        "GET /wiki/api/v2/footer-comments/7?body-format=storage",
        "POST /wiki/api/v2/footer-comments {"pageId":"1","body":{"representation":"atlas_doc_format","value":"{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[]}"}}",
        "POST /wiki/api/v2/footer-comments {"parentCommentId":"7","body":{"representation":"storage","value":"<p>yes</p>"}}",
        "PUT /wiki/api/v2/footer-comments/7 {"version":{"number":2,"message":"typo"},"body":{"representation":"atlas_doc_format","value":"{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[]}"}}",
        "DELETE /wiki/api/v2/footer-comments/7",
      ]
    `)
  })

  test('on a passage', async () => {
    const all = [
      await request((wiki) => wiki.comments.inline.list({ pageId: '1' }).page(), none()),
      await request((wiki) => wiki.comments.inline.list({ blogPostId: '1' }).page(), none()),
      await request((wiki) => wiki.comments.inline.replies('7').page(), none()),
      await request((wiki) => wiki.comments.inline.get('7')),
      await request((wiki) =>
        wiki.comments.inline.add(
          { pageId: '1' },
          { body: doc, selection: { text: 'soon', index: 1, count: 2 } },
        ),
      ),
      await request((wiki) => wiki.comments.inline.reply('7', doc)),
      await request((wiki) => wiki.comments.inline.update('7', { from, body: doc, resolved: true })),
      await request((wiki) => wiki.comments.inline.remove('7'), reply(204)),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "GET /wiki/api/v2/pages/1/inline-comments?limit=250",
        "GET /wiki/api/v2/blogposts/1/inline-comments?limit=250",
        "GET /wiki/api/v2/inline-comments/7/children?limit=250",
        "GET /wiki/api/v2/inline-comments/7",
        "POST /wiki/api/v2/inline-comments {"pageId":"1","body":{"representation":"atlas_doc_format","value":"{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[]}"},"inlineCommentProperties":{"textSelection":"soon","textSelectionMatchCount":2,"textSelectionMatchIndex":1}}",
        "POST /wiki/api/v2/inline-comments {"parentCommentId":"7","body":{"representation":"atlas_doc_format","value":"{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[]}"}}",
        "PUT /wiki/api/v2/inline-comments/7 {"version":{"number":2},"body":{"representation":"atlas_doc_format","value":"{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[]}"},"resolved":true}",
        "DELETE /wiki/api/v2/inline-comments/7",
      ]
    `)
  })
})

test('labels of every kind of thing are listed; they are added and removed by content id', async () => {
  const all = [
    await request((wiki) => wiki.labels.list({ pageId: '1' }).page(), none()),
    await request((wiki) => wiki.labels.list({ blogPostId: '1' }).page(), none()),
    await request((wiki) => wiki.labels.list({ attachmentId: 'att1' }).page(), none()),
    await request((wiki) => wiki.labels.list({ customContentId: '1' }).page(), none()),
    await request((wiki) => wiki.labels.list({ spaceId: '1' }).page(), none()),
    await request((wiki) => wiki.labels.add('1', ['goals', 'q3'])),
    await request((wiki) => wiki.labels.remove('1', 'goals'), reply(204)),
  ]
  expect(all).toMatchInlineSnapshot(`
    [
      "GET /wiki/api/v2/pages/1/labels?limit=250",
      "GET /wiki/api/v2/blogposts/1/labels?limit=250",
      "GET /wiki/api/v2/attachments/att1/labels?limit=250",
      "GET /wiki/api/v2/custom-content/1/labels?limit=250",
      "GET /wiki/api/v2/spaces/1/labels?limit=250",
      "POST /wiki/rest/api/content/1/label [{"prefix":"global","name":"goals"},{"prefix":"global","name":"q3"}]",
      "DELETE /wiki/rest/api/content/1/label?name=goals",
    ]
  `)
})

describe('attachments', () => {
  test('are listed, read and removed through version 2, and fetched through version 1', async () => {
    const all = [
      await request((wiki) => wiki.attachments.list({ pageId: '1' }, { filename: 'a.txt' }).page(), none()),
      await request((wiki) => wiki.attachments.list({ blogPostId: '1' }).page(), none()),
      await request((wiki) => wiki.attachments.get('att1')),
      await request((wiki) => wiki.attachments.download('1', 'att1', { version: 2 }), new Response('bytes')),
      await request((wiki) => wiki.attachments.thumbnail('att1', { width: 64 }), new Response('png')),
      await request((wiki) => wiki.attachments.remove('att1', { purge: true }), reply(204)),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "GET /wiki/api/v2/pages/1/attachments?filename=a.txt&limit=250",
        "GET /wiki/api/v2/blogposts/1/attachments?limit=250",
        "GET /wiki/api/v2/attachments/att1",
        "GET /wiki/rest/api/content/1/child/attachment/att1/download?version=2",
        "GET /wiki/api/v2/attachments/att1/thumbnail/download?width=64",
        "DELETE /wiki/api/v2/attachments/att1?purge=true",
      ]
    `)
  })

  test('are uploaded as a form, new or as new versions', async () => {
    const files = [{ name: 'a.txt', content: 'hello' }]
    const { wiki, upstream } = scripted(none(), none())
    await wiki.attachments.upload('1', files, { comment: 'first' })
    await wiki.attachments.upload('1', files, { replace: true, minor: false })
    expect(
      upstream.requests.map(({ method, url }) => `${method} ${url.pathname.split('/').slice(4).join('/')}`),
    ).toEqual([
      'POST wiki/rest/api/content/1/child/attachment',
      'PUT wiki/rest/api/content/1/child/attachment',
    ])
    expect(upstream.requests.map(({ headers }) => headers.get('x-atlassian-token'))).toEqual([
      'no-check',
      'no-check',
    ])
    expect(upstream.requests[0]?.body).toContain('name="file"; filename="a.txt"')
    expect(upstream.requests[0]?.body).toMatch(/name="minorEdit"\r\n\r\ntrue/)
    expect(upstream.requests[0]?.body).toMatch(/name="comment"\r\n\r\nfirst/)
  })
})

test('people are found by id, by query, and as oneself', async () => {
  const all = [
    await request((wiki) => wiki.users.current()),
    await request((wiki) => wiki.users.get('account-1')),
    await request((wiki) => wiki.users.getMany(['account-1', 'account-2'])),
    await request((wiki) => wiki.users.search('user.fullname ~ "ada"').page({ size: 5 }), none()),
  ]
  expect(all).toMatchInlineSnapshot(`
    [
      "GET /wiki/rest/api/user/current",
      "GET /wiki/rest/api/user?accountId=account-1",
      "POST /wiki/api/v2/users-bulk {"accountIds":["account-1","account-2"]}",
      "GET /wiki/rest/api/search/user?cql=user.fullname ~ "ada"&limit=5",
    ]
  `)
})

const known = { id: '9', key: 'state', value: 1, version: { number: 3 } }
const found = (): Response => json({ results: [known], _links: {} })

describe('properties', () => {
  test('are made when there is none, and get a new version when there is one', async () => {
    const { wiki, upstream } = scripted(
      none(),
      json(known),
      json({ results: [known], _links: {} }),
      json(known),
    )
    await wiki.properties.set({ type: 'page', id: '1' }, { key: 'state', value: { done: true } })
    await wiki.properties.set({ type: 'page', id: '1' }, { key: 'state', value: 2 })
    expect(asked(upstream)).toMatchInlineSnapshot(`
      [
        "GET /wiki/api/v2/pages/1/properties?key=state&limit=1",
        "POST /wiki/api/v2/pages/1/properties {"key":"state","value":{"done":true}}",
        "GET /wiki/api/v2/pages/1/properties?key=state&limit=1",
        "PUT /wiki/api/v2/pages/1/properties/9 {"key":"state","value":2,"version":{"number":4}}",
      ]
    `)
  })

  test('are listed, read and removed, whatever the id is called', async () => {
    const { wiki, upstream } = scripted(found(), none(), found(), reply(204), none())
    await wiki.properties.list({ type: 'folder', id: '1' }).page()
    expect(await wiki.properties.get({ type: 'comment', id: '1' }, 'state')).toBeUndefined()
    expect(await wiki.properties.remove({ type: 'whiteboard', id: '1' }, 'state')).toBe(true)
    expect(await wiki.properties.remove({ type: 'attachment', id: 'att1' }, 'state')).toBe(false)
    expect(asked(upstream)).toMatchInlineSnapshot(`
      [
        "GET /wiki/api/v2/folders/1/properties?limit=250",
        "GET /wiki/api/v2/comments/1/properties?key=state&limit=1",
        "GET /wiki/api/v2/whiteboards/1/properties?key=state&limit=1",
        "DELETE /wiki/api/v2/whiteboards/1/properties/9",
        "GET /wiki/api/v2/attachments/att1/properties?key=state&limit=1",
      ]
    `)
  })
})

test('versions, restrictions and tasks', async () => {
  const all = [
    await request((wiki) => wiki.versions.list({ pageId: '1' }).page(), none()),
    await request((wiki) => wiki.versions.list({ blogPostId: '1' }).page(), none()),
    await request((wiki) => wiki.versions.get({ pageId: '1' }, 2)),
    await request((wiki) => wiki.versions.get({ blogPostId: '1' }, 2)),
    await request((wiki) => wiki.restrictions.get('1')),
    await request(
      (wiki) => wiki.restrictions.addUser('1', { accountId: 'a', operation: 'read' }),
      reply(200),
    ),
    await request(
      (wiki) => wiki.restrictions.removeUser('1', { accountId: 'a', operation: 'update' }),
      reply(200),
    ),
    await request((wiki) => wiki.restrictions.clear('1')),
    await request((wiki) => wiki.restrictions.check('1', { accountId: 'a', operation: 'delete' })),
    await request(
      (wiki) => wiki.tasks.list({ status: 'incomplete', pageIds: ['1'], dueTo: new Date(0) }).page(),
      none(),
    ),
    await request((wiki) => wiki.tasks.get('3')),
    await request((wiki) => wiki.tasks.mark('3', 'complete')),
  ]
  expect(all).toMatchInlineSnapshot(`
    [
      "GET /wiki/api/v2/pages/1/versions?limit=250",
      "GET /wiki/api/v2/blogposts/1/versions?limit=250",
      "GET /wiki/api/v2/pages/1/versions/2",
      "GET /wiki/api/v2/blogposts/1/versions/2",
      "GET /wiki/rest/api/content/1/restriction/byOperation?expand=restrictions.user,restrictions.group",
      "PUT /wiki/rest/api/content/1/restriction/byOperation/read/user?accountId=a",
      "DELETE /wiki/rest/api/content/1/restriction/byOperation/update/user?accountId=a",
      "DELETE /wiki/rest/api/content/1/restriction",
      "POST /wiki/rest/api/content/1/permission/check {"subject":{"type":"user","identifier":"a"},"operation":"delete"}",
      "GET /wiki/api/v2/tasks?status=incomplete&page-id=1&due-at-to=0&limit=250",
      "GET /wiki/api/v2/tasks/3",
      "PUT /wiki/api/v2/tasks/3 {"status":"complete"}",
    ]
  `)
})
