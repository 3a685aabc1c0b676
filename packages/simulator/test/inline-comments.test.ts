import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, stage } from './support.ts'
import { newPage, pageId, post, storage, v2 } from './wiki.ts'

const text = '<p>The quick brown fox &amp; the <strong>lazy</strong> dog. The quick brown fox again.</p>'

const comment = (ask: Ask, on: string | object, selection: object): Promise<Answer> =>
  ask(`${v2}/inline-comments`, {
    method: 'POST',
    body: {
      ...(typeof on === 'string' ? { pageId: on } : on),
      body: storage('<p>Which one?</p>'),
      inlineCommentProperties: { textSelectionMatchCount: 1, textSelectionMatchIndex: 0, ...selection },
    },
  })

const bodyOf = async (ask: Ask, id: string, format = 'storage'): Promise<string> =>
  (await ask(`${v2}/pages/${id}`, { query: { 'body-format': format } })).body.body[format].value

test('an inline comment marks the words that it is about', async () => {
  const ask = stage().wiki('jonas')
  const { id } = await newPage(ask, 'Foxes', { body: storage(text) })
  const { status, body } = await comment(ask, id, {
    textSelection: 'quick brown fox',
    textSelectionMatchCount: 2,
    textSelectionMatchIndex: 1,
  })
  expect(status).toBe(201)
  const ref = body.properties.inlineMarkerRef
  expect(body).toMatchObject({
    pageId: id,
    resolutionStatus: 'open',
    properties: {
      inlineOriginalSelection: 'quick brown fox',
      'inline-marker-ref': ref,
      'inline-original-selection': 'quick brown fox',
    },
  })
  expect(await bodyOf(ask, id)).toContain(
    `The <ac:inline-comment-marker ac:ref="${ref}">quick brown fox</ac:inline-comment-marker> again.`,
  )
  expect((await ask(`${v2}/pages/${id}`)).body.version.number).toBe(1)
  const listed = await ask(`${v2}/pages/${id}/inline-comments`, { query: { 'body-format': 'storage' } })
  expect(listed.body.results[0]).toMatchObject({
    id: body.id,
    body: { storage: storage('<p>Which one?</p>') },
  })
})

test('words may go over marks and entities, in storage format and in ADF', async () => {
  const ask = stage().wiki('jonas')
  const { id } = await newPage(ask, 'Foxes', { body: storage(text) })
  const { body } = await comment(ask, id, { textSelection: 'fox & the lazy dog' })
  const pieces = (await bodyOf(ask, id)).split(`ac:ref="${body.properties.inlineMarkerRef}"`)
  expect(pieces).toHaveLength(4)
  const planning = await pageId(ask, 'Incident review: double booking on the north pier')
  const more = await comment(ask, planning, { textSelection: 'Two test guests had berth N-14' })
  expect(more.status).toBe(201)
  expect(await bodyOf(ask, planning, 'atlas_doc_format')).toContain(more.body.properties.inlineMarkerRef)
})

test.each([
  ['no selection', {}],
  ['words that are not there', { textSelection: 'slow fox' }],
  ['words that go over paragraphs', { textSelection: 'words\nMore' }],
  ['a wrong count', { textSelection: 'words', textSelectionMatchCount: 3 }],
  ['an index beyond the count', { textSelection: 'words', textSelectionMatchIndex: 1 }],
])('an inline comment on %s is refused', async (_, selection) => {
  const ask = stage().wiki('jonas')
  const { id } = await newPage(ask, 'Two lines', { body: storage('<p>Some words</p><p>More</p>') })
  expect((await comment(ask, id, selection)).status).toBe(400)
})

test('an inline comment is settled and opened again, by whoever may comment', async () => {
  const { wiki } = stage()
  const ask = wiki('jonas')
  const { id } = await newPage(ask, 'Foxes', { body: storage(text) })
  const made = (await comment(ask, id, { textSelection: 'lazy' })).body
  const change = (who: string, body: object): Promise<Answer> =>
    wiki(who)(`${v2}/inline-comments/${made.id}`, { method: 'PUT', body })
  expect((await change('priya', { version: { number: 2 }, body: storage('<p>Mine</p>') })).status).toBe(403)
  const resolved = await change('priya', { version: { number: 2 }, resolved: true })
  expect(resolved.body).toMatchObject({ resolutionStatus: 'resolved', version: { number: 2 } })
  expect(resolved.body.resolutionLastModifierId).not.toBe(made.version.authorId)
  expect((await change('jonas', { version: { number: 2 }, resolved: false })).status).toBe(409)
  const again = await change('jonas', { version: { number: 3 }, resolved: false })
  expect(again.body.resolutionStatus).toBe('reopened')
  const list = async (status: string): Promise<number> =>
    (await ask(`${v2}/pages/${id}/inline-comments`, { query: { 'resolution-status': status } })).body.results
      .length
  expect([await list('reopened'), await list('resolved')]).toEqual([1, 0])
})

test('a comment dangles when its words are gone, and is then left alone', async () => {
  const ask = stage().wiki('jonas')
  const { id } = await newPage(ask, 'Foxes', { body: storage(text) })
  const made = (await comment(ask, id, { textSelection: 'lazy' })).body
  const change = {
    id,
    status: 'current',
    title: 'Foxes',
    version: { number: 2 },
    body: storage('<p>Gone</p>'),
  }
  await ask(`${v2}/pages/${id}`, { method: 'PUT', body: change })
  const path = `${v2}/inline-comments/${made.id}`
  expect((await ask(path)).body.resolutionStatus).toBe('dangling')
  const refused = await ask(path, { method: 'PUT', body: { version: { number: 2 }, resolved: true } })
  expect(refused.status).toBe(400)
})

test('replies share what they answer, and go with it', async () => {
  const { wiki } = stage()
  const ask = wiki('jonas')
  const { id } = await newPage(ask, 'Foxes', { body: storage(text) })
  const made = (await comment(ask, id, { textSelection: 'lazy' })).body
  const reply = await post(wiki('priya'), `${v2}/inline-comments`, {
    parentCommentId: made.id,
    body: storage('<p>The left one</p>'),
  })
  expect(reply).toMatchObject({ parentCommentId: made.id, properties: made.properties })
  const path = `${v2}/inline-comments/${made.id}`
  expect((await ask(`${path}/children`)).body.results.map((one: Json) => one.id)).toEqual([reply.id])
  expect((await ask(`${v2}/inline-comments`)).body.results.map((one: Json) => one.id)).toContain(reply.id)
  const gone = await ask(path, { method: 'DELETE' })
  expect([gone.status, gone.headers.get('content-type')]).toEqual([204, null])
  expect((await ask(`${v2}/inline-comments/${reply.id}`)).status).toBe(404)
})

test('comments have versions, likes and operations, and bring them along', async () => {
  const ask = stage().wiki('jonas')
  const { id } = await newPage(ask, 'Foxes', { body: storage(text) })
  const inline = (await comment(ask, id, { textSelection: 'lazy' })).body
  const footer = await post(ask, `${v2}/footer-comments`, { pageId: id, body: storage('<p>One</p>') })
  for (const [kind, one] of [
    ['inline', inline],
    ['footer', footer],
  ]) {
    const path = `${v2}/${kind}-comments/${one.id}`
    await ask(path, { method: 'PUT', body: { version: { number: 2 }, body: storage('<p>Two</p>') } })
    const versions = (await ask(`${path}/versions`, { query: { 'body-format': 'storage' } })).body.results
    expect(versions[1].comment.body.storage.value).toBe(one.body.storage.value)
    expect((await ask(`${path}/versions/1`)).body).toMatchObject({ number: 1, nextVersion: 2 })
    expect((await ask(`${path}/likes/count`)).body).toEqual({ count: 0 })
    expect((await ask(`${path}/likes/users`)).body.results).toEqual([])
    expect((await ask(`${path}/operations`)).body.operations).toHaveLength(3)
    await post(ask, `${v2}/comments/${one.id}/properties`, { key: 'mood', value: 'good' })
    const { body } = await ask(path, {
      query: {
        'include-versions': 'true',
        'include-likes': 'true',
        'include-operations': 'true',
        'include-properties': 'true',
        version: 1,
        'body-format': 'storage',
      },
    })
    expect(body.body.storage.value).toBe(one.body.storage.value)
    expect(body.properties.results[0].key).toBe('mood')
    expect(body.versions.results).toHaveLength(2)
    expect(body.operations.results).toHaveLength(3)
  }
})

test('posts take inline comments too', async () => {
  const ask = stage().wiki('jonas')
  const { body } = await ask(`${v2}/blogposts`, { query: { title: 'Lakeside measures its berths' } })
  const [{ id }] = body.results
  const words = { textSelection: 'walked the piers' }
  const made = await comment(ask, { blogPostId: id }, words)
  expect(made.body).toMatchObject({ blogPostId: id, resolutionStatus: 'open' })
  const listed = await ask(`${v2}/blogposts/${id}/inline-comments`)
  expect(listed.body.results.map((one: Json) => one.id)).toEqual([made.body.id])
})
