import { once } from 'node:events'
import { createServer } from 'node:net'

import { onTestFinished } from 'vitest'

/** What a Redis of the tests answers to a command: a reply as it goes over the wire, without the last line end. Empty: none. */
export type Answers = Readonly<Record<string, (words: readonly string[]) => string>>

/** Text as a reply. */
export const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}`

/** A Redis that answers by a table of commands, `+OK` to all others. Gives its address, and ends with the test. */
export async function openScriptedRedis(answers: Answers): Promise<string> {
  const server = createServer((socket) => {
    let input = ''
    socket.on('error', () => undefined) // A client that went away is no fault of the test.
    socket.on('data', (chunk) => {
      input += chunk.toString('latin1')
      for (let read = readCommand(input); read; read = readCommand(input)) {
        input = read.rest
        const answer = answers[(read.words[0] ?? '').toUpperCase()]?.(read.words) ?? '+OK'
        if (answer !== '') socket.write(`${answer}\r\n`)
      }
    })
    onTestFinished(() => void socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  return `redis://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

/** The first whole command of what has come in. */
function readCommand(input: string): { words: readonly string[]; rest: string } | undefined {
  const head = /^\*(\d+)\r\n/.exec(input)
  if (!head) return undefined
  const words: string[] = []
  let rest = input.slice(head[0].length)
  for (let left = Number(head[1]); left > 0; left -= 1) {
    const size = /^\$(\d+)\r\n/.exec(rest)
    const from = size?.[0].length ?? 0
    const to = from + Number(size?.[1])
    if (!size || rest.length < to + 2) return undefined
    words.push(rest.slice(from, to))
    rest = rest.slice(to + 2)
  }
  return { words, rest }
}
