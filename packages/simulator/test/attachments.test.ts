import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, linksIn, morning, stage } from './support.ts'
import { form, names, newPage, pageId, post, spaceId, storage, titlesOf, v1, v2 } from './wiki.ts'

const headers = { 'x-atlassian-token': 'no-check' }

type Files = Parameters<typeof form>[0]

const upload = (ask: Ask, path: string, files: Files): Promise<Answer> =>
  ask(path, { method: 'POST', form: form(files, { minorEdit: 'true', comment: 'Put there' }), headers })

const onPage = async (ask: Ask): Promise<string> => {
  const { id } = await newPage(ask, 'With files')
  return `${v1}/content/${id}/child/attachment`
}

test('files are put on a page, listed in both versions, and looked at one by one', async () => {
  const ask = stage().wiki('jonas')
  const path = await onPage(ask)
  const { status, body } = await upload(ask, path, [
    ['map.svg', '<svg/>', 'image/svg+xml'],
    ['notes.md', '# Notes', ''],
  ])
  expect([status, body.size]).toEqual([200, 2])
  expect(body.results[1]).toMatchObject({
    type: 'attachment',
    title: 'notes.md',
    metadata: { mediaType: 'text/markdown', comment: 'Put there' },
    extensions: { fileSize: 7 },
    version: { number: 1, minorEdit: true },
  })
  const [map] = body.results
  const id = path.split('/')[5] ?? ''
  const list = await ask(`${v2}/pages/${id}/attachments`)
  expect(titlesOf(list)).toEqual(['map.svg', 'notes.md'])
  const byName = { query: { filename: 'map.svg', mediaType: 'image/svg+xml' } }
  expect(titlesOf(await ask(`${v2}/attachments`, byName))).toEqual(['map.svg'])
  const one = await ask(`${v2}/attachments/${map.id}`, {
    query: {
      'include-labels': 'true',
      'include-versions': 'true',
      'include-collaborators': 'true',
      'include-operations': 'true',
      'include-properties': 'true',
      'include-version': 'true',
    },
  })
  expect(one.body).toMatchObject({
    id: map.id,
    pageId: id,
    mediaTypeDescription: null,
    status: 'current',
    fileSize: 6,
    versions: { results: [{ attachment: { body: {}, title: 'map.svg', id: map.id } }] },
    collaborators: [{ accountId: one.body.version.authorId }],
  })
  expect(one.body.downloadLink).toBe(
    `/download/attachments/${id}/map.svg?version=1&modificationDate=${morning}&cacheVersion=1&api=v2`,
  )
  expect(linksIn(one.body).base).toBe('https://brightwater-demo.atlassian.net/wiki')
  expect((await ask(`${v2}/attachments/${map.id}/operations`)).body.operations).toContainEqual({
    operation: 'delete',
    targetType: 'attachment',
  })
})

test('the bytes are behind an address that needs no credentials, and only for a while', async () => {
  const at = stage()
  const ask = at.wiki('jonas')
  const path = await onPage(ask)
  const [file] = (await upload(ask, path, [['a.txt', 'first']])).body.results
  const replaced = await upload(ask, `${path}/${file.id}/data`, [['other.txt', 'second']])
  expect(replaced.body).toMatchObject({ title: 'a.txt', version: { number: 2 } })
  const bytes = async (query: object = {}): Promise<Answer> => {
    const answer = await ask(`${path}/${file.id}/download`, { query: { ...query } })
    expect(answer.status).toBe(302)
    return at.send(answer.headers.get('location') ?? '')
  }
  const newest = await bytes()
  expect([newest.status, newest.text, newest.headers.get('content-type')]).toEqual([
    200,
    'second',
    'text/plain',
  ])
  expect((await bytes({ version: 1 })).text).toBe('first')
  expect((await ask(`${path}/${file.id}/download`, { query: { version: 9 } })).status).toBe(400)
  const { headers: leading } = await ask(`${path}/${file.id}/download`)
  at.simulator.clock.advance(16 * 60_000)
  expect((await at.send(leading.get('location') ?? '')).status).toBe(403)
})

test('pictures have thumbnails, other files have none', async () => {
  const at = stage()
  const ask = at.wiki('priya')
  const [picture, table] = ['north-pier.svg', 'berths.csv'].map(async (filename) => {
    const { body } = await ask(`${v2}/attachments`, { query: { filename } })
    return ask(`${v2}/attachments/${body.results[0].id}/thumbnail/download`, { query: { width: 100 } })
  })
  const thumbnail = await picture
  expect(thumbnail?.status).toBe(302)
  expect((await at.send(thumbnail?.headers.get('location') ?? '')).text).toContain('<svg')
  expect((await table)?.status).toBe(404)
})

test('a file of the same name is refused, unless it is to be a new version', async () => {
  const ask = stage().wiki('jonas')
  const path = await onPage(ask)
  await upload(ask, path, [['a.txt', 'one']])
  expect((await upload(ask, path, [['a.txt', 'two']])).status).toBe(400)
  const { body } = await ask(path, { method: 'PUT', form: form([['a.txt', 'two']]), headers })
  expect(body.results[0].version.number).toBe(2)
  const { id } = body.results[0]
  const versions = await ask(`${v2}/attachments/${id}/versions`)
  expect(versions.body.results.map(({ number }: Json) => number)).toEqual([2, 1])
  expect((await ask(`${v2}/attachments/${id}/versions/1`)).body).toMatchObject({ number: 1, nextVersion: 2 })
})

test('an upload needs the header against forged requests, a file, and the permission', async () => {
  const { wiki } = stage()
  const ask = wiki('jonas')
  const path = await onPage(ask)
  const file = form([['a.txt', 'a']])
  expect((await ask(path, { method: 'POST', form: file })).status).toBe(403)
  expect((await ask(`${path}/1/data`, { method: 'POST', form: file })).status).toBe(403)
  expect((await upload(ask, path, [])).status).toBe(400)
  const open = `${v1}/content/${await pageId(ask, 'Glossary')}/child/attachment`
  expect((await upload(wiki('sam'), open, [['a.txt', 'a']])).status).toBe(403)
  expect((await upload(wiki('sam'), path, [['a.txt', 'a']])).status).toBe(404)
})

test('name, type, comment and place of a file can be changed, but not with a stale version', async () => {
  const ask = stage().wiki('jonas')
  const path = await onPage(ask)
  const [{ id }] = (await upload(ask, path, [['a.txt', 'a']])).body.results
  const other = await newPage(ask, 'Another holder')
  const change = (number: number): Promise<Answer> =>
    ask(`${path}/${id}`, {
      method: 'PUT',
      body: {
        id,
        type: 'attachment',
        title: 'b.txt',
        version: { number },
        metadata: { mediaType: 'text/x-notes', comment: 'Renamed' },
        container: { id: other.id, type: 'page' },
      },
    })
  expect((await change(7)).status).toBe(409)
  expect((await change(1)).body).toMatchObject({ title: 'b.txt', metadata: { comment: 'Renamed' } })
  expect(titlesOf(await ask(`${v2}/pages/${other.id}/attachments`))).toEqual(['b.txt'])
})

test('a deleted file is in the trash until it is purged by who administers the space', async () => {
  const { wiki } = stage()
  const path = await onPage(wiki('priya'))
  const [{ id }] = (await upload(wiki('priya'), path, [['a.txt', 'a']])).body.results
  const address = `${v2}/attachments/${id}`
  expect((await wiki('priya')(`${address}?purge=true`, { method: 'DELETE' })).status).toBe(400)
  const deleted = await wiki('priya')(address, { method: 'DELETE' })
  expect([deleted.status, deleted.text, deleted.headers.get('content-type')]).toEqual([204, '', null])
  expect((await wiki('priya')(address)).body.status).toBe('trashed')
  expect((await wiki('priya')(`${address}?purge=true`, { method: 'DELETE' })).status).toBe(404)
  expect((await wiki('jonas')(`${address}?purge=true`, { method: 'DELETE' })).status).toBe(204)
  expect((await wiki('jonas')(address)).status).toBe(404)
})

test('files can be on posts and on custom content, and can be talked about and labelled', async () => {
  const ask = stage().wiki('jonas')
  const space = await spaceId(ask, 'ENG')
  const blogpost = await post(ask, `${v2}/blogposts`, { spaceId: space, title: 'News' })
  const note = await post(ask, `${v2}/custom-content`, {
    spaceId: space,
    type: 'ac:notes:note',
    title: 'Note',
    body: storage('<p>x</p>'),
  })
  for (const [kind, id, member] of [
    ['blogposts', blogpost.id, 'blogPostId'],
    ['custom-content', note.id, 'customContentId'],
  ]) {
    await upload(ask, `${v1}/content/${id}/child/attachment`, [['a.txt', 'a']])
    const { body } = await ask(`${v2}/${kind}/${id}/attachments`)
    expect(body.results[0]).toMatchObject({ title: 'a.txt', [member]: id })
  }
  const { body } = await ask(`${v2}/blogposts/${blogpost.id}/attachments`)
  const attachmentId = body.results[0].id
  const comment = await post(ask, `${v2}/footer-comments`, { attachmentId, body: storage('<p>Nice</p>') })
  expect(comment.attachmentId).toBe(attachmentId)
  expect((await ask(`${v2}/attachments/${attachmentId}/footer-comments`)).body.results[0].id).toBe(comment.id)
  await ask(`${v1}/content/${attachmentId}/label`, {
    method: 'POST',
    body: [{ prefix: 'global', name: 'text' }],
  })
  const labels = (await ask(`${v2}/attachments/${attachmentId}/labels`)).body.results
  expect(names(labels)).toEqual(['text'])
  expect(titlesOf(await ask(`${v2}/labels/${labels[0].id}/attachments`))).toEqual(['a.txt'])
})
