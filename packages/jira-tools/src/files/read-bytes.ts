import { ToolError } from '@telamon/tool-registry'

/** Bytes on their way, with what is said of them. */
interface Bytes {
  readonly body: ReadableStream<Uint8Array>
  readonly size?: number
}

/**
 * Reads a download whole, and no more than so many bytes of it.
 *
 * @throws ToolError when it is larger. What was read is let go.
 */
export async function readBytes({ body, size }: Bytes, most: number): Promise<Uint8Array> {
  if (size !== undefined && size > most) {
    await body.cancel()
    throw tooLarge(most)
  }
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.byteLength
    if (length > most) throw tooLarge(most)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(most: number): ToolError {
  return new ToolError({
    code: 'unsupported',
    message: `The file has more than ${Math.round(most / 1024)} KiB, which is the most that an answer takes.`,
    next: 'Give the person its address instead.',
  })
}
