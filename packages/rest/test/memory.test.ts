import { fork } from 'node:child_process'

import { expect, test } from 'vitest'

import { loopback, sendJson } from './support/loopback.ts'
import type { Handler } from './support/loopback.ts'

/** Takes any number of bytes, or gives as many as the last segment says, and keeps none. */
const traffic: Handler = (request, response) => {
  if (request.method === 'POST') {
    request.resume()
    request.on('end', () => sendJson(response, []))
    return
  }
  const piece = Buffer.alloc(65_536)
  let left = Number(request.url?.split('/').at(-1))
  const write = (): void => {
    while (left > 0) {
      left -= piece.byteLength
      if (!response.write(piece)) {
        response.once('drain', write)
        return
      }
    }
    response.end()
  }
  write()
}

/** What is kept of the second run would be 96 MiB at least. Without a rest for the collector some 10 to 45 are seen. */
const most = 64 * 2 ** 20

test.each(['download', 'upload'])('144 MiB of %s do not stay in memory', async (direction) => {
  const { base } = await loopback(traffic)
  const child = fork(new URL('support/heavy-traffic.ts', import.meta.url), [base, direction])
  const report = await new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`The process ended with ${code}.`)))
  })
  expect(report).toEqual({ bytes: 144 * 2 ** 20, growth: expect.any(Number) })
  expect(report).toHaveProperty(
    'growth',
    expect.toSatisfy((growth: number) => growth < most),
  )
})
