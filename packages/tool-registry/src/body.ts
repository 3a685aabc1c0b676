import { errorAnswer } from './wire.ts'

/** The message in a request's body, or the answer that refuses it. */
export type ReadBody =
  | { readonly ok: true; readonly message: unknown }
  | { readonly ok: false; readonly refusal: Response }

/**
 * Reads one JSON message of at most so many bytes. Lists are refused: a batch would run many calls past any limit that
 * counts requests.
 */
export async function readBody(request: Request, mostBytes: number): Promise<ReadBody> {
  const text = await textOf(request, mostBytes)
  if (text === undefined) return refused(413, -32_600, `The request body is larger than ${mostBytes} bytes.`)
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch {
    return refused(400, -32_700, 'Parse error: the request body is not JSON.')
  }
  return readParsed(message)
}

/** The same for a body that was parsed before. */
export function readParsed(message: unknown): ReadBody {
  if (!Array.isArray(message)) return { ok: true, message }
  return refused(400, -32_600, 'Batches are not accepted. Send one message in each request.')
}

function refused(status: number, code: number, message: string): ReadBody {
  return { ok: false, refusal: errorAnswer(status, { code, message }) }
}

/** Undefined when it is longer. A body that states its length is read in one go. */
async function textOf(request: Request, mostBytes: number): Promise<string | undefined> {
  const stated = request.headers.get('content-length')
  if (stated !== null) {
    if (!(Number(stated) <= mostBytes)) return undefined
    const text = await request.text()
    return text.length > mostBytes ? undefined : text
  }
  if (request.body === null) return ''
  const decoder = new TextDecoder()
  let bytes = 0
  let text = ''
  for await (const chunk of request.body) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
