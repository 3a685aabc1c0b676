import { expect, test } from 'vitest'

import { type Ask, type Answer, type Json, stage } from './support.ts'

const boundary = 'a-boundary-of-this-test'
const trusted = {
  'x-atlassian-token': 'no-check',
  'content-type': `multipart/form-data; boundary=${boundary}`,
}

const form = (...files: readonly (readonly [name: string, type: string, content: string])[]): string =>
  [
    ...files.map(
      ([name, type, content]) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n${content}\r\n`,
    ),
    `--${boundary}--\r\n`,
  ].join('')

const upload = (
  ask: Ask,
  raw: string,
  headers: Readonly<Record<string, string>> = trusted,
): Promise<Answer> => ask('/rest/api/3/issue/ALPHA-5/attachments', { method: 'POST', raw, headers })

const notes = ['notes.txt', 'text/plain', 'One line, and another.'] as const
const picture = ['plan.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'] as const

test('files are put on an issue, stand in it and in its changelog, and keep their bytes', async () => {
  const ask = stage().jira('jonas')
  const { status, body } = await upload(ask, form(notes, picture))
  expect(status).toBe(200)
  expect(body.map(({ filename, size, mimeType }: Json) => [filename, size, mimeType])).toEqual([
    ['notes.txt', 22, 'text/plain'],
    ['plan.svg', 41, 'image/svg+xml'],
  ])
  expect(body[0]).not.toHaveProperty('thumbnail')
  expect(body[1].thumbnail).toMatch(/\/attachment\/thumbnail\/\d+$/)
  const issue = await ask('/rest/api/3/issue/ALPHA-5?fields=attachment&expand=changelog')
  expect(issue.body.fields.attachment.map(({ id }: Json) => id)).toEqual(body.map(({ id }: Json) => id))
  expect(issue.body.changelog.histories[0].items[0]).toMatchObject({
    field: 'Attachment',
    toString: 'plan.svg',
  })
  const about = await ask(`/rest/api/3/attachment/${body[0].id}`)
  expect(about.body).toMatchObject({
    id: Number(body[0].id),
    filename: 'notes.txt',
    author: { displayName: 'Jonas Weber' },
  })
  const content = await ask(`/rest/api/3/attachment/content/${body[0].id}?redirect=false`)
  expect(content.text).toBe('One line, and another.')
  expect(content.headers.get('content-type')).toBe('text/plain')
})

test('a form without the header against forgery is refused', async () => {
  const ask = stage().jira('jonas')
  const { status, text } = await upload(ask, form(notes), { 'content-type': trusted['content-type'] })
  expect(status).toBe(403)
  expect(text).toBe('XSRF check failed')
})

test('a form without a file, and a person without the right, are refused', async () => {
  const { jira } = stage()
  expect((await upload(jira('jonas'), form())).status).toBe(400)
  expect((await upload(jira('sam'), form(notes))).status).toBe(403)
})

test('content leads on to where the bytes are, and gives a part when one is asked for', async () => {
  const { jira, send, simulator } = stage()
  const ask = jira('jonas')
  const { body } = await upload(ask, form(notes))
  const path = `/rest/api/3/attachment/content/${body[0].id}`
  const first = await ask(path)
  expect(first.status).toBe(303)
  const location = first.headers.get('location') ?? ''
  expect((await send(location)).text).toBe('One line, and another.')
  expect((await send(location, { headers: { range: 'bytes=0-2' } })).text).toBe('One')
  expect((await send(location.slice(0, -1))).status).toBe(403)
  simulator.clock.advance(900_001)
  expect((await send(location)).status).toBe(403)
  const part = await ask(`${path}?redirect=false`, { headers: { range: 'bytes=4-7' } })
  expect(part.status).toBe(206)
  expect(part.text).toBe('line')
  expect(part.headers.get('content-range')).toBe('bytes 4-7/22')
  expect((await ask(`${path}?redirect=false`, { headers: { range: 'bytes=-8' } })).text).toBe('another.')
  expect((await ask(`${path}?redirect=false`, { headers: { range: 'bytes=99-' } })).status).toBe(416)
})

test('pictures have a thumbnail, and other files a drawing unless none is wanted', async () => {
  const ask = stage().jira('jonas')
  const { body } = await upload(ask, form(notes, picture))
  const [text, drawing] = body.map(({ id }: Json) => `/rest/api/3/attachment/thumbnail/${id}`)
  expect((await ask(drawing)).status).toBe(303)
  expect((await ask(`${drawing}?redirect=false`)).text).toBe(picture[2])
  expect((await ask(`${text}?redirect=false`)).headers.get('content-type')).toBe('image/svg+xml')
  expect((await ask(`${text}?redirect=false&fallbackToDefault=false`)).status).toBe(404)
})

test('own files can be taken away, and those of others with the permission', async () => {
  const { jira } = stage()
  const { body } = await upload(jira('jonas'), form(notes, picture))
  const paths = body.map(({ id }: Json) => `/rest/api/3/attachment/${id}`)
  expect((await jira('priya')(paths[0], { method: 'DELETE' })).status).toBe(403)
  expect((await jira('jonas')(paths[0], { method: 'DELETE' })).status).toBe(204)
  expect((await jira('maya')(paths[1], { method: 'DELETE' })).status).toBe(204)
  expect((await jira('jonas')(paths[0])).status).toBe(404)
})

test('a file of a hidden issue is not there', async () => {
  const { jira } = stage()
  const asked = { method: 'POST', raw: form(notes), headers: trusted }
  const { body } = await jira('grace')('/rest/api/3/issue/HIRE-1/attachments', asked)
  expect((await jira('grace')(`/rest/api/3/attachment/${body[0].id}`)).status).toBe(200)
  expect((await jira('priya')(`/rest/api/3/attachment/${body[0].id}`)).status).toBe(404)
})

test('a site says whether files may be put on issues, and how large', async () => {
  const { body } = await stage().jira('sam')('/rest/api/3/attachment/meta')
  expect(body).toEqual({ enabled: true, uploadLimit: 10_485_760 })
})

/** A number in bytes, the least one first. */
const byte = (value: number, width: number): string =>
  Array.from({ length: width }, (_, place) => String.fromCharCode((value >> (8 * place)) & 0x7f)).join('')

/** A ZIP archive of one file without content, as text: all of its bytes are below 128. */
const archive = (name: string): string => {
  const local = `PK\u0003\u0004${byte(0, 22)}${byte(name.length, 2)}${byte(0, 2)}${name}`
  const entry = `PK\u0001\u0002${byte(0, 20)}${byte(9, 4)}${byte(name.length, 2)}${byte(0, 16)}${name}`
  const end = `PK\u0005\u0006${byte(0, 4)}${byte(1, 2)}${byte(1, 2)}${byte(entry.length, 4)}${byte(local.length, 4)}${byte(0, 2)}`
  return `${local}${entry}${end}`
}

test('the files in an archive are listed, for people and for machines', async () => {
  const ask = stage().jira('jonas')
  const zip = ['all.zip', 'application/zip', archive('docs/readme.md')] as const
  const { body } = await upload(ask, form(zip, notes))
  const path = `/rest/api/3/attachment/${body[0].id}/expand`
  const raw = await ask(`${path}/raw`)
  expect(raw.body).toMatchObject({
    totalEntryCount: 1,
    entries: [{ name: 'docs/readme.md', size: 9, mediaType: 'text/markdown' }],
  })
  const human = await ask(`${path}/human`)
  expect(human.body).toMatchObject({ name: 'all.zip', entries: [{ label: 'readme.md', size: '9 B' }] })
  expect((await ask(`/rest/api/3/attachment/${body[1].id}/expand/raw`)).status).toBe(409)
})
