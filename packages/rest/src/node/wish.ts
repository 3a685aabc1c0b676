/** What a `fetch` is asked for. */
export interface Wish {
  readonly url: URL
  readonly method: string
  /** By their names in lower case. */
  readonly fields: Readonly<Record<string, string>>
  readonly body: string | ReadableStream<Uint8Array> | undefined
  readonly signal: AbortSignal | undefined
}

const isPlain = (headers: RequestInit['headers']): headers is Record<string, string> =>
  headers !== undefined && !(headers instanceof Headers) && !Array.isArray(headers)

function fieldsOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) fields[name.toLowerCase()] = value
  return fields
}

/**
 * Reads the arguments of a `fetch`. Those that this package gives are taken as they are; all others go through a `Request`,
 * which costs more than sending does.
 */
export function wishOf(input: string | URL | Request, init: RequestInit = {}): Wish {
  const { method = 'GET', headers, body, signal } = init
  const simple = body === undefined || typeof body === 'string' || body instanceof ReadableStream
  if (!(input instanceof Request) && isPlain(headers) && simple) {
    const url = new URL(input)
    return { url, method, fields: fieldsOf(headers), body, signal: signal ?? undefined }
  }
  const request = new Request(input, init)
  return {
    url: new URL(request.url),
    method: request.method,
    fields: Object.fromEntries(request.headers),
    body: request.body ?? undefined,
    signal: request.signal,
  }
}
