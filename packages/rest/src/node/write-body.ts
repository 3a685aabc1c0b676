import type { ClientRequest } from 'node:http'
import { pipeline } from 'node:stream/promises'

// What was read already, then the rest. Lets go of the source when nobody wants more.
async function* piecesOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  first: readonly Uint8Array[],
): AsyncGenerator<Uint8Array> {
  try {
    yield* first
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel()
  }
}

/** Writes a body as fast as it is taken. One that comes in one piece, as JSON does, gets a length; others go in chunks. */
export async function writeBody(outgoing: ClientRequest, body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader()
  const first = await reader.read()
  const second = first.done ? first : await reader.read()
  if (first.done) outgoing.end()
  else if (second.done) outgoing.end(first.value)
  else await pipeline(piecesOf(reader, [first.value, second.value]), outgoing)
}
