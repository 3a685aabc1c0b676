import { isReopenable, multipart, readContent, sizeOf } from './multipart.ts'
import type { UploadBody, UploadContent } from './multipart.ts'
import type { Payload } from './payload.ts'

function isContent(body: unknown): body is UploadContent {
  if (typeof body === 'string' || typeof body === 'function') return true
  if (typeof body !== 'object' || body === null) return false
  return body instanceof Blob || body instanceof Uint8Array || Symbol.asyncIterator in body
}

const isForm = (body: unknown): body is UploadBody =>
  typeof body === 'object' && body !== null && !isContent(body)

// Reports each piece as it is taken, which is what an idle limit needs to know.
async function* reported(
  pieces: AsyncIterable<Uint8Array>,
  onProgress: (finished: boolean) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    onProgress(false)
    yield piece
  }
  onProgress(true)
}

interface Source {
  readonly type: string
  readonly once: boolean
  readonly length: number | undefined
  readonly open: () => AsyncGenerator<Uint8Array>
}

const payloadFrom = ({ open, ...source }: Source): Payload => ({
  ...source,
  stream: (onProgress) => ReadableStream.from(reported(open(), onProgress)),
})

/** A multipart form; nothing when the body is none. */
export const asForm = (body: unknown): Payload | undefined =>
  isForm(body) ? payloadFrom(multipart(body)) : undefined

/** Bytes as they are; nothing when the body holds none. */
export function asBytes(content: unknown): Payload | undefined {
  if (!isContent(content)) return undefined
  return payloadFrom({
    type: (content instanceof Blob && content.type) || 'application/octet-stream',
    once: !isReopenable(content),
    length: sizeOf(content),
    open: () => readContent(content),
  })
}
