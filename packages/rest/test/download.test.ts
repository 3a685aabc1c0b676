import { describe, expect, test } from 'vitest'

import { isAtlassianError } from '../src/index.ts'
import type { Download } from '../src/index.ts'
import { html, json, reply } from '../src/testing/index.ts'
import { failure, scripted } from './support/client.ts'
import { against } from './support/loopback.ts'
import type { Handler } from './support/loopback.ts'
import { texts } from './support/random.ts'
import { getAttachmentContent } from './support/records.ts'

const path = { id: '10001' }

const bytesOf = async (body: ReadableStream<Uint8Array>): Promise<string> => new Response(body).text()

const bytes = (headers: Record<string, string> = {}): Response =>
  new Response('bytes', {
    headers: { 'content-type': 'image/png; charset=x', 'content-length': '5', ...headers },
  })

describe('a download', () => {
  test('brings its bytes, size, type and name', async () => {
    const { stream, upstream } = scripted([
      bytes({ 'content-disposition': 'attachment; filename="a b.png"' }),
    ])
    const { body, ...about } = await stream(getAttachmentContent, { path })
    expect(about).toMatchObject({ status: 200, size: 5, mimeType: 'image/png', filename: 'a b.png' })
    expect(await bytesOf(body)).toBe('bytes')
    expect(upstream.requests[0]?.headers.get('accept')).toBe('*/*')
  })

  test('says nothing about what it does not know', async () => {
    const { stream } = scripted([
      new Response(new Blob(['bytes']).stream(), {
        headers: { 'content-encoding': 'br', 'content-length': '3' },
      }),
    ])
    const about = await stream(getAttachmentContent, { path })
    expect([about.size, about.mimeType, about.filename]).toEqual([undefined, undefined, undefined])
  })

  test('of a part passes the status and the range on', async () => {
    const { stream, upstream } = scripted([new Response('yt', { status: 206 })])
    expect((await stream(getAttachmentContent, { path }, { headers: { range: 'bytes=1-2' } })).status).toBe(
      206,
    )
    expect(upstream.requests[0]?.headers.get('range')).toBe('bytes=1-2')
  })

  test('without a body is an empty one', async () => {
    expect(await bytesOf((await scripted([reply(200)]).stream(getAttachmentContent, { path })).body)).toBe('')
  })

  test('that is refused is an error like any other, and is made good like any other read', async () => {
    const refused = scripted([json({ errorMessages: ['No.'] }, { status: 404 })])
    expect(await failure(refused.stream(getAttachmentContent, { path }))).toMatchObject({
      code: 'not_found',
      messages: ['No.'],
    })
    const later = scripted([html('', { status: 502 }), bytes()])
    expect((await later.stream(getAttachmentContent, { path })).size).toBe(5)
  })

  test.each([
    ['by its stated length', bytes({ 'content-length': '5' })],
    ['by its bytes', new Response(new Blob(['by', 'tes']).stream())],
  ])('ends when it is too large %s', async (_, response) => {
    const { stream } = scripted([response])
    const whole = async (): Promise<string> =>
      bytesOf((await stream(getAttachmentContent, { path }, { maxBytes: 4 })).body)
    expect(await failure(whole())).toMatchObject({ code: 'too_large', operationId: 'getAttachmentContent' })
  })

  test('of exactly maxBytes is not too large', async () => {
    const { stream } = scripted([new Response('bytes')])
    expect(await bytesOf((await stream(getAttachmentContent, { path }, { maxBytes: 5 })).body)).toBe('bytes')
  })

  test('is not read ahead of its reader', async () => {
    let pulled = 0
    const source = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          pulled += 1
          controller.enqueue(new Uint8Array(1))
        },
      },
      { highWaterMark: 0 },
    )
    const { stream } = scripted([new Response(source)])
    const { body } = await stream(getAttachmentContent, { path })
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    expect(pulled).toBe(0)
    await body.cancel()
  })
})

const half: Handler = (_, response) => {
  response.writeHead(200, { 'content-length': '100' })
  response.write('half')
}

const drain = async ({ body }: Download): Promise<void> => {
  for await (const chunk of body) expect(chunk.byteLength).toBe(4)
}

describe('a download that stops midway', () => {
  test('for longer than the idle limit is a timeout', async () => {
    const { stream } = await against(half, { timeouts: { idleMs: 30 } })
    expect(await failure(drain(await stream(getAttachmentContent, { path })))).toMatchObject({
      code: 'timeout',
    })
  })

  test('because the line broke is a network error', async () => {
    const { stream } = await against((request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => request.socket.resetAndDestroy())
    })
    expect(await failure(drain(await stream(getAttachmentContent, { path })))).toMatchObject({
      code: 'network',
    })
  })

  test('because the caller wants no more is an abort', async () => {
    const controller = new AbortController()
    const { stream } = await against(half)
    const download = await stream(getAttachmentContent, { path }, { signal: controller.signal })
    const reader = download.body.getReader()
    await reader.read()
    controller.abort()
    await expect(reader.read()).rejects.toSatisfy((error) => isAtlassianError(error, 'aborted'))
  })

  test('because its reader cancels lets the connection go', async () => {
    let closed: (() => void) | undefined
    const gone = new Promise<void>((resolve) => {
      closed = resolve
    })
    const { stream } = await against((request, response) => {
      request.socket.once('close', () => closed?.())
      half(request, response)
    })
    await (await stream(getAttachmentContent, { path })).body.cancel()
    await expect(gone).resolves.toBeUndefined()
  })
})

const named = async (disposition: string): Promise<string | undefined> => {
  const { stream } = scripted([new Response('x', { headers: { 'content-disposition': disposition } })])
  return (await stream(getAttachmentContent, { path })).filename
}

describe('T48 a suggested name', () => {
  test.each([
    ['attachment; filename=plain.txt', 'plain.txt'],
    ['attachment; filename="with \\"quotes\\".txt"', 'with quotes.txt'],
    ['attachment; filename="fallback.txt"; filename*=UTF-8\'\'Gr%C3%BC%C3%9Fe.txt', 'Grüße.txt'],
    ['attachment; filename="fallback.txt"; filename*=UTF-8\'\'%ZZ', 'fallback.txt'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="..\\\\..\\\\boot.ini"', 'boot.ini'],
    ["attachment; filename*=UTF-8''a%2F..%2Fb.txt", 'b.txt'],
    ["attachment; filename*=UTF-8''evil%E2%80%AEtxt.exe", 'eviltxt.exe'],
    ['attachment; filename="CON.txt"', '_CON.txt'],
    ['attachment; filename=".bashrc"', 'bashrc'],
    ['attachment; filename=".."', undefined],
    ['attachment', undefined],
    [`attachment; filename="${'x'.repeat(300)}"`, 'x'.repeat(200)],
  ])('%s', async (disposition, name) => {
    expect(await named(disposition)).toBe(name)
  })

  test('never leads out of its folder', async () => {
    for (const text of texts(300)) {
      const name = await named(`attachment; filename*=UTF-8''${encodeURIComponent(text.toWellFormed())}`)
      expect(name ?? 'none').not.toMatch(/[/\\\p{Cc}\p{Cf}]|^\.*$/u)
    }
  })
})
