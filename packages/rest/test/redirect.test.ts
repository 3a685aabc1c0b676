import { describe, expect, test } from 'vitest'

import { reply } from '../src/testing/index.ts'
import { failure, scripted, site } from './support/client.ts'
import { against, loopback } from './support/loopback.ts'
import { getAttachmentContent } from './support/records.ts'

const path = { id: '10001' }

const bytesOf = async (body: ReadableStream<Uint8Array>): Promise<string> => new Response(body).text()

describe('T47 a redirect to bytes', () => {
  test('is followed without credentials and without the caller’s own fields', async () => {
    const { stream, upstream } = scripted([
      reply(303, { location: 'https://api.media.atlassian.com/file/1?token=x' }),
      reply(302, { location: '/elsewhere' }),
      new Response('bytes'),
    ])
    const headers = { 'x-own': 'secret', range: 'bytes=0-' }
    expect(await bytesOf((await stream(getAttachmentContent, { path }, { headers })).body)).toBe('bytes')
    expect(
      upstream.requests.map(({ url, headers: sent }) => [
        url.href,
        sent.get('authorization') !== null,
        sent.get('x-own'),
        sent.get('range'),
      ]),
    ).toEqual([
      [`${site}/rest/api/3/attachment/content/10001`, true, 'secret', 'bytes=0-'],
      ['https://api.media.atlassian.com/file/1?token=x', false, null, 'bytes=0-'],
      ['https://api.media.atlassian.com/elsewhere', false, null, 'bytes=0-'],
    ])
  })

  test('carries no credentials even back to the own site', async () => {
    const { stream, upstream } = scripted([
      reply(302, { location: `${site}/secure/1` }),
      new Response('bytes'),
    ])
    await stream(getAttachmentContent, { path })
    expect(upstream.requests[1]?.headers.get('authorization')).toBeNull()
  })

  test.each([
    'http://api.media.atlassian.com/x',
    'https://127.0.0.1/x',
    'https://10.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://[::1]/x',
    'https://[fd00::1]/x',
    'https://localhost/x',
    'https://localhost./x',
    'https://metadata/x',
    'https://metadata.google.internal/x',
    'https://printer.local/x',
    'https://user:pass@example.com/x',
    'file:///etc/passwd',
    'javascript:1',
    'http://[',
    '',
  ])('to %s is not followed', async (location) => {
    const { stream, upstream } = scripted([reply(303, { location })])
    expect(await failure(stream(getAttachmentContent, { path }))).toMatchObject({ code: 'unreadable' })
    expect(upstream.requests).toHaveLength(1)
  })

  test('on this machine is followed from this machine', async () => {
    const media = await loopback((request, response) => response.end(String(request.headers.authorization)))
    const { stream } = await against((_, response) => {
      response.writeHead(303, { location: `${media.base}/file` })
      response.end()
    })
    expect(await bytesOf((await stream(getAttachmentContent, { path })).body)).toBe('undefined')
  })

  test('that turns in a circle ends', async () => {
    const steps = Array.from({ length: 9 }, () => reply(303, { location: 'https://media.example.com/x' }))
    const { stream, upstream } = scripted(steps)
    expect(await failure(stream(getAttachmentContent, { path }))).toMatchObject({ code: 'unreadable' })
    expect(upstream.requests).toHaveLength(6)
  })

  test('whose target refuses says nothing about our credentials', async () => {
    const { stream, upstream } = scripted([
      reply(303, { location: 'https://media.example.com/x' }),
      reply(401),
    ])
    expect(await failure(stream(getAttachmentContent, { path }))).toMatchObject({
      code: 'forbidden',
      status: 401,
    })
    expect(upstream.requests).toHaveLength(2)
  })
})
