import { onDemand } from './on-demand.ts'
import type { OperationSpec } from './operation.ts'
import { Refusal } from './refusal.ts'

/** A request body, ready to be sent, and sent again unless it is `once`. */
export type Payload =
  | { readonly type: string; readonly text: string; readonly once: false }
  | {
      readonly type: string
      readonly once: boolean
      /** In bytes. Unknown: the body goes out in chunks. */
      readonly length: number | undefined
      /** Opens the body, and tells whenever a piece of it is taken, with `true` when the last one was. */
      readonly stream: (onProgress: (finished: boolean) => void) => ReadableStream<Uint8Array>
    }

/** Bodies that are streamed. */
const loadUpload = onDemand(() => import('./upload.ts'))

/** What a body has to be, for the refusal of another. */
const wanted = {
  json: 'a value that JSON can hold',
  patch: 'a list of patch operations',
  text: 'a string',
  bytes: 'bytes, a blob, or a stream of bytes',
  multipart: 'FormData, fields by name, or a list of files',
} as const satisfies Readonly<Record<NonNullable<OperationSpec['body']> | 'json', string>>

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

const writers: Readonly<
  Record<keyof typeof wanted, (body: unknown) => Payload | undefined | Promise<Payload | undefined>>
> = {
  json: (body) => asJson(body, 'application/json'),
  patch: (body) => asJson(body, 'application/json-patch+json'),
  text: (body) =>
    typeof body === 'string' ? { type: 'text/plain; charset=utf-8', text: body, once: false } : undefined,
  bytes: async (body) => (await loadUpload()).asBytes(body),
  multipart: async (body) => (await loadUpload()).asForm(body),
}

/** Writes a body as the operation's record has it. */
export async function payloadOf(operation: OperationSpec, body: unknown): Promise<Payload | undefined> {
  if (body === undefined) return undefined
  const kind = operation.body ?? 'json'
  const payload = await writers[kind](body)
  if (payload === undefined) throw new Refusal(`The body is not ${wanted[kind]}.`)
  return payload
}
