/** What a part of an upload is read from. A stream can be read once, so a call that sends one is never repeated. */
export type UploadContent =
  | Blob
  | Uint8Array
  | string
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  /** Opens the content anew for each attempt. */
  | (() => ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>)

/** One file of a multipart upload. */
export interface UploadFile {
  readonly name: string
  readonly content: UploadContent
  /** Media type. Default: that of a blob, else `application/octet-stream`. */
  readonly type?: string
  /** In bytes, for streams. When every part's size is known the upload has a length, else it is sent in chunks. */
  readonly size?: number
}

/** One value of a multipart field. */
export type UploadValue = string | number | boolean | Blob | UploadFile

/** A multipart body: a form, fields by name, or files alone, which become the field `file`. */
export type UploadBody =
  | FormData
  | readonly UploadValue[]
  | Readonly<Record<string, UploadValue | readonly UploadValue[] | undefined>>

interface Part {
  /** Boundary and header fields, with the empty line behind them. */
  readonly head: Uint8Array
  readonly content: UploadContent
  readonly size: number | undefined
}

/** A multipart body that is read as it is sent. */
export interface Multipart {
  readonly type: string
  readonly once: boolean
  /** In bytes, when every part's size is known. */
  readonly length: number | undefined
  readonly open: () => AsyncGenerator<Uint8Array>
}

const encoder = new TextEncoder()
const newline = encoder.encode('\r\n')
const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(;[\x20-\x7e]*)?$/

/** As browsers write names: quotes and line ends are escaped, everything else stays as it is. */
const quoted = (text: string): string =>
  `"${text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')}"`

/** Whether a content can be read again from its beginning. */
export function isReopenable(content: UploadContent): boolean {
  return (
    typeof content === 'string' ||
    typeof content === 'function' ||
    content instanceof Blob ||
    content instanceof Uint8Array
  )
}

/** How many bytes a content has, where that can be told without reading it. */
export function sizeOf(content: UploadContent): number | undefined {
  if (typeof content === 'string') return encoder.encode(content).byteLength
  if (content instanceof Blob) return content.size
  return content instanceof Uint8Array ? content.byteLength : undefined
}

// Reads a content piece by piece.
export async function* readContent(content: UploadContent): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string') yield encoder.encode(content)
  else if (content instanceof Uint8Array) yield content
  else if (content instanceof Blob) yield* content.stream()
  else yield* typeof content === 'function' ? content() : content
}

function partOf(boundary: string, name: string, value: UploadValue): Part {
  const field = `--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}`
  if (typeof value !== 'object') {
    const content = encoder.encode(String(value))
    return { head: encoder.encode(`${field}\r\n\r\n`), content, size: content.byteLength }
  }
  const file: UploadFile =
    value instanceof Blob ? { name: 'name' in value ? String(value.name) : 'blob', content: value } : value
  const { content, type = content instanceof Blob ? content.type : '', size = sizeOf(content) } = file
  const stated = mediaType.test(type) ? type : 'application/octet-stream'
  const head = `${field}; filename=${quoted(file.name)}\r\nContent-Type: ${stated}\r\n\r\n`
  return { head: encoder.encode(head), content, size }
}

const isList = (value: unknown): value is readonly UploadValue[] => Array.isArray(value)

function* entriesOf(body: UploadBody): Generator<readonly [string, UploadValue]> {
  if (body instanceof FormData) yield* body
  else if (isList(body)) for (const value of body) yield ['file', value]
  else {
    for (const [name, value] of Object.entries(body)) {
      if (isList(value)) for (const member of value) yield [name, member]
      else if (value !== undefined) yield [name, value]
    }
  }
}

async function* write(parts: readonly Part[], tail: Uint8Array): AsyncGenerator<Uint8Array> {
  for (const { head, content, size } of parts) {
    yield head
    let sent = 0
    for await (const chunk of readContent(content)) {
      sent += chunk.byteLength
      yield chunk
    }
    if (size !== undefined && sent !== size) throw new RangeError(`a part of ${size} bytes gave ${sent}`)
    yield newline
  }
  yield tail
}

/** Lays a form out as `multipart/form-data`. @see RFC 7578 */
export function multipart(body: UploadBody): Multipart {
  const boundary = `telamon-${crypto.randomUUID()}`
  const parts = [...entriesOf(body)].map(([name, value]) => partOf(boundary, name, value))
  const tail = encoder.encode(`--${boundary}--\r\n`)
  let length: number | undefined = tail.byteLength
  for (const { head, size } of parts) {
    length =
      length === undefined || size === undefined
        ? undefined
        : length + head.byteLength + size + newline.byteLength
  }
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    once: !parts.every(({ content }) => isReopenable(content)),
    length,
    open: () => write(parts, tail),
  }
}
