import { isReopenable, multipart, readContent, sizeOf } from './multipart.ts'
import type { UploadBody, UploadContent } from './multipart.ts'
import type { OperationSpec } from './operation.ts'
import { refused } from './refused.ts'

/** A request body, ready to be sent, and sent again unless it is `once`. */
export type Payload =
  | { readonly type: string; readonly text: string; readonly once: false }
  | {
      readonly type: string
      readonly once: boolean
      /** In bytes. Unknown: the body goes out in chunks. */
      readonly length: number | undefined
      readonly open: () => AsyncGenerator<Uint8Array>
    }

function isContent(body: unknown): body is UploadContent {
  if (typeof body === 'string' || typeof body === 'function') return true
  if (typeof body !== 'object' || body === null) return false
  return body instanceof Blob || body instanceof Uint8Array || Symbol.asyncIterator in body
}

const isForm = (body: unknown): body is UploadBody =>
  typeof body === 'object' && body !== null && !isContent(body)

/** A body as JSON, with nothing said yet if it cannot be. */
function asJson(body: unknown, type: string): Payload | undefined {
  try {
    const text: string | undefined = JSON.stringify(body)
    return text === undefined ? undefined : { type, text, once: false }
  } catch {
    // A circle or a bigint: the caller is told that the body does not fit.
    return undefined
  }
}

function asBytes(content: unknown): Payload | undefined {
  if (!isContent(content)) return undefined
  return {
    type: (content instanceof Blob && content.type) || 'application/octet-stream',
    once: !isReopenable(content),
    length: sizeOf(content),
    open: () => readContent(content),
  }
}

interface Writer {
  /** What a body has to be, for the error. */
  readonly wants: string
  readonly write: (body: unknown) => Payload | undefined
}

const writers: Readonly<Record<NonNullable<OperationSpec['body']> | 'json', Writer>> = {
  json: { wants: 'a value that JSON can hold', write: (body) => asJson(body, 'application/json') },
  patch: {
    wants: 'a list of patch operations',
    write: (body) => asJson(body, 'application/json-patch+json'),
  },
  text: {
    wants: 'a string',
    write: (body) =>
      typeof body === 'string' ? { type: 'text/plain; charset=utf-8', text: body, once: false } : undefined,
  },
  bytes: { wants: 'bytes, a blob, or a stream of bytes', write: asBytes },
  multipart: {
    wants: 'FormData, fields by name, or a list of files',
    write: (body) => (isForm(body) ? multipart(body) : undefined),
  },
}

/** Writes a body as the operation's record has it. Nothing given: no body. */
export function payloadOf(operation: OperationSpec, body: unknown): Payload | undefined {
  if (body === undefined) return undefined
  const { wants, write } = writers[operation.body ?? 'json']
  const payload = write(body)
  if (payload === undefined) throw refused(operation, `The body is not ${wants}.`)
  return payload
}
