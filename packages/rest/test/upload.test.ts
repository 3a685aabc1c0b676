import { describe, expect, test } from 'vitest'

import { basicAuth, createRest } from '../src/index.ts'
import type { UploadBody } from '../src/index.ts'
import { json } from '../src/testing/index.ts'
import { failure, scripted, site } from './support/client.ts'
import { against, sendJson } from './support/loopback.ts'
import { texts } from './support/random.ts'
import { addAttachment, record } from './support/records.ts'

const issue = { issueIdOrKey: 'ED-1' }

const formOf = async (body: UploadBody): Promise<{ form: FormData; headers: Headers }> => {
  let form = new FormData()
  const auth = basicAuth({ site, email: 'a', apiToken: 'b' })
  let headers = new Headers()
  const rest = createRest({
    auth,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      headers = request.headers
      form = await request.formData()
      return json([{ id: '1' }])
    },
  })
  await rest.call(addAttachment, { path: issue, body })
  return { form, headers }
}

const webStream = (): ReadableStream<Uint8Array> => new Blob(['web']).stream()

const read = async (form: FormData): Promise<unknown[]> =>
  Promise.all(
    [...form].map(async ([field, value]) =>
      typeof value === 'string' ? [field, value] : [field, value.name, value.type, await value.text()],
    ),
  )

describe('an upload', () => {
  test('is made from files, blobs, bytes, text and streams', async () => {
    const { form, headers } = await formOf([
      { name: 'a.txt', content: 'text', type: 'text/plain' },
      { name: 'b.bin', content: new Uint8Array([98]) },
      { name: 'c.bin', content: webStream() },
      { name: 'd.bin', content: webStream, size: 3 },
      new File(['file'], 'e.html', { type: 'text/html' }),
      new Blob(['blob']),
    ])
    expect(await read(form)).toEqual([
      ['file', 'a.txt', 'text/plain', 'text'],
      ['file', 'b.bin', 'application/octet-stream', 'b'],
      ['file', 'c.bin', 'application/octet-stream', 'web'],
      ['file', 'd.bin', 'application/octet-stream', 'web'],
      ['file', 'e.html', 'text/html', 'file'],
      ['file', 'blob', 'application/octet-stream', 'blob'],
    ])
    expect(headers.get('x-atlassian-token')).toBe('no-check')
  })

  test('has the fields of a form, or of an object', async () => {
    const form = new FormData()
    form.append('comment', 'hello')
    form.append('file', new Blob(['x'], { type: 'text/plain' }), 'x.txt')
    const expected = [
      ['comment', 'hello'],
      ['file', 'x.txt', 'text/plain', 'x'],
    ]
    expect(await read((await formOf(form)).form)).toEqual(expected)
    const file = { name: 'x.txt', content: 'x', type: 'text/plain' }
    expect(await read((await formOf({ comment: 'hello', file: [file], nothing: undefined })).form)).toEqual(
      expected,
    )
    expect(await read((await formOf({ minorEdit: true, version: 5 })).form)).toEqual([
      ['minorEdit', 'true'],
      ['version', '5'],
    ])
  })

  test('T48 keeps what names and contents hold to themselves', async () => {
    for (const text of texts(100).filter((value) => value.isWellFormed() && !/[\r\n\0]/.test(value))) {
      const { form } = await formOf({ [text]: [{ name: text, content: `\r\n--telamon-x\r\n${text}` }, text] })
      expect(await read(form)).toEqual([
        [text, text, 'application/octet-stream', `\r\n--telamon-x\r\n${text}`],
        [text, text],
      ])
    }
  })

  test('T48 cannot have a media type that adds a line', async () => {
    const { form } = await formOf([{ name: 'a', content: 'x', type: 'text/plain\r\nX-Evil: 1' }])
    expect(await read(form)).toEqual([['file', 'a', 'application/octet-stream', 'x']])
  })

  test('says its length when all sizes are known, and goes in chunks when not', async () => {
    const seen: (readonly [string | undefined, string | undefined, number])[] = []
    const { call } = await against((request, response) => {
      let bytes = 0
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength
      })
      request.on('end', () => {
        seen.push([request.headers['content-length'], request.headers['transfer-encoding'], bytes])
        sendJson(response, [])
      })
    })
    await call(addAttachment, { path: issue, body: [{ name: 'a', content: webStream, size: 3 }] })
    await call(addAttachment, { path: issue, body: [{ name: 'a', content: webStream }] })
    expect(seen[0]).toEqual([String(seen[0]?.[2]), undefined, seen[0]?.[2]])
    expect(seen[1]?.slice(0, 2)).toEqual([undefined, 'chunked'])
  })

  test('whose source gives less than was announced fails', async () => {
    const { call } = await against((request, response) => {
      request.resume()
      request.on('end', () => sendJson(response, []))
    })
    const body = [{ name: 'a', content: webStream, size: 5 }]
    expect(await failure(call(addAttachment, { path: issue, body }))).toMatchObject({ code: 'network' })
  })

  test('whose source fails is broken, with the source’s error as cause', async () => {
    const { call } = await against((request) => {
      request.resume()
    })
    const cause = new Error('disk')
    const content = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.error(cause)
      },
    })
    const error = await failure(call(addAttachment, { path: issue, body: [{ name: 'a', content }] }))
    expect(error).toMatchObject({ code: 'network', cause: { message: 'disk' } })
  })

  test('that stops midway for longer than the idle limit is a timeout', async () => {
    const { call } = await against((request) => request.resume(), { timeouts: { idleMs: 30 } })
    const content = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) })
    const error = await failure(call(addAttachment, { path: issue, body: [{ name: 'a', content }] }))
    expect(error).toMatchObject({ code: 'timeout', outcome: 'unknown' })
  })

  test('that is refused before its end is an error with that status', async () => {
    const { call } = await against((request, response) => {
      response.writeHead(413, { 'content-type': 'application/json' })
      response.end('{"errorMessages":["Too large."]}')
      request.resume()
    })
    const error = await failure(
      call(addAttachment, { path: issue, body: [{ name: 'a', content: new Uint8Array(100_000) }] }),
    )
    expect(error).toMatchObject({ code: 'too_large', messages: ['Too large.'] })
  })

  test('is opened anew when it is repeated', async () => {
    let opened = 0
    const content = (): ReadableStream<Uint8Array> => {
      opened += 1
      return webStream()
    }
    const { call, upstream } = scripted([
      json({}, { status: 429, headers: { 'retry-after': '1' } }),
      json([]),
    ])
    await call(addAttachment, { path: issue, body: [{ name: 'a', content }] })
    expect(opened).toBe(2)
    expect(upstream.requests[1]?.body).toContain('web')
  })

  test('of bytes carries the type of its blob', async () => {
    const avatar = record({ method: 'POST', body: 'bytes' })
    const { call, upstream } = scripted([json({}), json({})])
    await call(avatar, { body: new Blob(['png'], { type: 'image/png' }) })
    await call(avatar, { body: webStream() })
    expect(
      upstream.requests.map(({ headers, body }) => [
        headers.get('content-type'),
        headers.get('x-atlassian-token'),
        body,
      ]),
    ).toEqual([
      ['image/png', 'no-check', 'png'],
      ['application/octet-stream', 'no-check', 'web'],
    ])
  })
})
