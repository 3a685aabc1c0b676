import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, morning, stage, words } from './support.ts'
import { form } from './wiki.ts'

const api = '/rest/servicedeskapi'
const trusted = { 'x-atlassian-token': 'no-check' }
const upload = `${api}/servicedesk/1/attachTemporaryFile`

type Files = Parameters<typeof form>[0]

const notes: Files[number] = ['notes.txt', 'One line, and another.']
const picture: Files[number] = ['plan.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml']

async function bring(ask: Ask, ...files: Files): Promise<readonly string[]> {
  const { status, body } = await ask(upload, { method: 'POST', form: form(files), headers: trusted })
  expect(status).toBe(201)
  return body.temporaryAttachments.map(({ temporaryAttachmentId }: Json) => temporaryAttachmentId)
}

const put = (ask: Ask, temporaryAttachmentIds: readonly string[], isPublic = true): Promise<Answer> =>
  ask(`${api}/request/HELP-5/attachment`, {
    method: 'POST',
    body: { temporaryAttachmentIds, public: isPublic, additionalComment: { body: 'See *here*.' } },
  })

const filenames = ({ body }: Answer): readonly string[] => body.values.map(({ filename }: Json) => filename)

test('files wait at the desk until a comment puts them on a request', async () => {
  const { jira, send } = stage()
  const ask = jira('sam')
  const { status, body } = await put(ask, await bring(ask, notes, picture))
  expect(status).toBe(201)
  expect(body.comment).toMatchObject({
    body: 'See *here*. [^notes.txt] _(1 kB)_ !plan.svg|thumbnail!',
    public: true,
  })
  expect(body.attachments.values).toMatchObject([
    { filename: 'notes.txt', size: 22, mimeType: 'text/plain', author: { displayName: 'Sam Whitfield' } },
    { filename: 'plan.svg', size: 41, mimeType: 'image/svg+xml' },
  ])
  const { id } = body.comment
  expect(filenames(await ask(`${api}/request/HELP-5/comment/${id}/attachment`))).toHaveLength(2)
  expect((await ask(`${api}/request/HELP-5/comment/1/attachment`)).status).toBe(404)
  expect(filenames(await ask(`${api}/request/HELP-5/attachment?limit=1`))).toEqual(['notes.txt'])
  const issue = await jira('grace')('/rest/api/3/issue/HELP-5?fields=attachment')
  expect(issue.body.fields.attachment.map(({ filename }: Json) => filename)).toEqual([
    'notes.txt',
    'plan.svg',
  ])
  const [file] = issue.body.fields.attachment
  const content = await ask(`${api}/request/HELP-5/attachment/${file.id}`)
  expect(content.status).toBe(303)
  expect((await send(content.headers.get('location') ?? '')).text).toBe('One line, and another.')
  expect((await ask(`${api}/request/HELP-5/attachment/${file.id}/thumbnail`)).status).toBe(200)
  expect((await ask(`${api}/request/HELP-5/attachment/4711`)).status).toBe(404)
})

test('files wait for an hour, and for who sent them', async () => {
  let now = morning
  const { jira } = stage({ now: () => now })
  const [mine, theirs] = [await bring(jira('sam'), notes), await bring(jira('grace'), notes)]
  expect((await put(jira('sam'), theirs)).status).toBe(400)
  expect((await put(jira('sam'), [])).status).toBe(400)
  expect((await put(jira('sam'), mine)).status).toBe(201)
  expect((await put(jira('sam'), mine)).status).toBe(400)
  now += 3_600_000
  expect((await put(jira('grace'), theirs)).status).toBe(400)
})

test('files of internal comments are not there for customers', async () => {
  const { jira } = stage()
  const ask = jira('grace')
  expect((await put(jira('sam'), await bring(jira('sam'), notes), false)).status).toBe(403)
  expect((await put(ask, await bring(ask, notes), false)).status).toBe(201)
  expect((await put(ask, await bring(ask, picture))).status).toBe(201)
  const all = await ask(`${api}/request/HELP-5/attachment`)
  expect(filenames(all)).toEqual(['notes.txt', 'plan.svg'])
  expect(filenames(await jira('sam')(`${api}/request/HELP-5/attachment`))).toEqual(['plan.svg'])
  const issue = await ask('/rest/api/3/issue/HELP-5?fields=attachment')
  const [hidden, shown] = issue.body.fields.attachment.map(({ id }: Json) => id)
  expect((await jira('sam')(`${api}/request/HELP-5/attachment/${hidden}`)).status).toBe(404)
  expect((await jira('sam')(`${api}/request/HELP-5/attachment/${shown}/thumbnail`)).status).toBe(303)
})

test('files come in a form that says that it is meant', async () => {
  const ask = stage().jira('sam')
  const untrusted = await ask(upload, { method: 'POST', form: form([notes]) })
  expect([untrusted.status, untrusted.body]).toEqual([403, { errorMessage: 'XSRF check failed' }])
  const send = (files: Files): Promise<Answer> =>
    ask(upload, { method: 'POST', form: form(files), headers: trusted })
  expect((await send([])).status).toBe(400)
  expect((await send(Array.from({ length: 61 }, () => notes))).status).toBe(413)
})

test('a property of a comment makes it internal', async () => {
  const { jira } = stage()
  const properties = [{ key: 'sd.public.comment', value: { internal: true } }]
  const made = await jira('grace')('/rest/api/3/issue/HELP-5/comment', {
    method: 'POST',
    body: { body: words('For us.'), properties },
  })
  expect(made.body.jsdPublic).toBe(false)
  expect((await jira('sam')(`${api}/request/HELP-5/comment`)).body.values).toEqual([])
  expect((await jira('grace')(`${api}/request/HELP-5/comment`)).body.values).toHaveLength(1)
})
