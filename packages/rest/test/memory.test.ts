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
      const size = Math.min(left, piece.byteLength)
      left -= size
      if (!response.write(piece.subarray(0, size))) {
        response.once('drain', write)
        return
      }
    }
    response.end()
  }
  write()
}

test.each(['download', 'upload'])(
  'of a 200 MB %s less than 40 MB are in memory at any time',
  async (direction) => {
    const { base } = await loopback(traffic)
    const program = new URL('support/heavy-traffic.ts', import.meta.url)
    const child = fork(program, [base, direction], { execArgv: ['--expose-gc'] })
    const report = await new Promise((resolve, reject) => {
      child.once('message', resolve)
      child.once('exit', (code) => reject(new Error(`The process ended with ${code}.`)))
    })
    expect(report).toEqual({ bytes: 200_000_000, growth: expect.any(Number) })
    expect(report).toHaveProperty(
      'growth',
      expect.toSatisfy((growth: number) => growth < 40_000_000),
    )
  },
)
