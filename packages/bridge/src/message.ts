import type { Span } from './json/scan.ts'
import { scanArray, scanObject, skipSpace } from './json/scan.ts'

/** An id as its raw JSON, so that an answer repeats it to the letter. */
export type IdText = string

/** A request: wants exactly one answer. */
export interface Request {
  readonly kind: 'request'
  readonly bytes: Buffer
  readonly id: IdText
  /** The same for every spelling of the id. */
  readonly key: string
  readonly idSpan: Span
  readonly method: string
  readonly params?: Span
}

/** A message that wants no answer. */
export interface Notification {
  readonly kind: 'notification'
  readonly bytes: Buffer
  readonly method: string
  readonly params?: Span
}

/** A result or an error. */
export interface Answer {
  readonly kind: 'answer'
  readonly bytes: Buffer
  /** Undefined: the id is `null`, since the sender did not know which request it was. */
  readonly id: IdText | undefined
  readonly key: string | undefined
  readonly idSpan?: Span
  readonly result?: Span
  readonly error?: Span
}

/** What is no message. The codes are JSON-RPC's own. */
export interface Fault {
  readonly kind: 'fault'
  readonly code: -32700 | -32600
  readonly text: string
  readonly id?: IdText
}

/** A message of JSON-RPC 2.0, of which only the members of the outermost object have been looked at. */
export type Message = Request | Notification | Answer

/** Reads one line or one event. The bytes are kept, not copied; whatever is not said here is passed on as it came. */
export function readMessage(bytes: Buffer): Message | Fault {
  const spans: Partial<Record<string, Span>> = {}
  const end = scanObject(bytes, 0, (key, value) => {
    if (key.end - key.start < 9) spans[bytes.toString('latin1', key.start + 1, key.end - 1)] = value
  })
  if (end < 0 || skipSpace(bytes, end) !== bytes.length) return notJson
  const { id: idSpan, method, params, result, error } = spans
  const id = idSpan && readId(bytes, idSpan)
  if (method) {
    const name: unknown = JSON.parse(textOf(bytes, method))
    if (typeof name !== 'string') return invalid('The method is not text.', id)
    const common = { bytes, method: name, ...(params && { params }) }
    if (idSpan === undefined) return { kind: 'notification', ...common }
    if (id === undefined) return invalid('An id is text or a number.')
    return { kind: 'request', id, key: keyOf(id), idSpan, ...common }
  }
  if (result === undefined && error === undefined) {
    return invalid('Neither a request nor an answer: there is no method, no result and no error.', id)
  }
  return {
    kind: 'answer',
    bytes,
    id,
    key: id === undefined ? undefined : keyOf(id),
    ...(idSpan && { idSpan }),
    ...(result && { result }),
    ...(error && { error }),
  }
}

/** Reads what may be one message or a batch of them, as the revisions before 2025-06-18 allow. */
export function readMessages(bytes: Buffer): readonly (Message | Fault)[] {
  if (bytes[skipSpace(bytes, 0)] !== 0x5b) return [readMessage(bytes)]
  const messages: (Message | Fault)[] = []
  const end = scanArray(bytes, 0, ({ start, end: stop }) => {
    messages.push(readMessage(bytes.subarray(start, stop)))
  })
  if (end < 0 || skipSpace(bytes, end) !== bytes.length) return [notJson]
  return messages.length === 0 ? [invalid('The batch is empty.')] : messages
}

const notJson: Fault = { kind: 'fault', code: -32700, text: 'The line is not JSON.' }

function invalid(text: string, id?: IdText): Fault {
  return { kind: 'fault', code: -32600, text, ...(id !== undefined && { id }) }
}

/** The raw text of a part of a message. */
export function textOf(bytes: Buffer, { start, end }: Span): string {
  return bytes.toString('utf8', start, end)
}

function readId(bytes: Buffer, span: Span): IdText | undefined {
  const text = textOf(bytes, span)
  const value: unknown = JSON.parse(text)
  return typeof value === 'string' || typeof value === 'number' ? text : undefined
}

/** One key for all spellings of an id, and for what a server makes of one that JavaScript cannot hold exactly. */
function keyOf(id: IdText): string {
  return JSON.stringify(JSON.parse(id))
}

/** A key for an id that has been read elsewhere, such as the `requestId` of a cancellation. */
export function keyOfId(id: unknown): string | undefined {
  return typeof id === 'string' || typeof id === 'number' ? keyOf(JSON.stringify(id)) : undefined
}

/** A request of our own. */
export function requestOf(id: IdText, method: string, params: string): Buffer {
  return Buffer.from(`{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(method)},"params":${params}}`)
}

/** A notification of our own. */
export function notificationOf(method: string, params = '{}'): Buffer {
  return Buffer.from(`{"jsonrpc":"2.0","method":${JSON.stringify(method)},"params":${params}}`)
}

/** An answer around the raw JSON of a result. */
export function resultOf(id: IdText, result: string): Buffer {
  return Buffer.from(`{"jsonrpc":"2.0","id":${id},"result":${result}}`)
}

/** An answer that is an error. Without an id: the request's own could not be read. */
export function errorOf(id: IdText | undefined, error: RpcError): Buffer {
  return Buffer.from(`{"jsonrpc":"2.0","id":${id ?? 'null'},"error":${JSON.stringify(error)}}`)
}

/** The error object of JSON-RPC. */
export interface RpcError {
  readonly code: number
  readonly message: string
  readonly data?: unknown
}
