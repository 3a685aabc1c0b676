import type { Answered } from './attempt.ts'
import type { Connection } from './connection.ts'
import { AtlassianError } from './errors.ts'
import { broken, cutShort, refusal, unreadable } from './failure.ts'
import { fileNameOf } from './file-name.ts'
import type { OperationSpec } from './operation.ts'
import type { StreamOptions } from './options.ts'
import { orAbort } from './or-abort.ts'
import { loadTransport } from './parts.ts'
import type { Order } from './perform.ts'
import { discard } from './read-text.ts'
import { redirectTarget } from './redirect.ts'
import type { AnyInput, Fields } from './request.ts'
import { traceOf } from './trace.ts'

/** Bytes on their way. Read the body to its end or cancel it: until then it holds a connection. */
export interface Download {
  readonly status: number
  readonly headers: Headers
  readonly body: ReadableStream<Uint8Array>
  /** Suggested by the answer, and safe as a name inside a folder. */
  readonly filename?: string
  readonly mimeType?: string
  /** In bytes, when the answer says so. */
  readonly size?: number
}

/** From attachment to media host it is one step. More than this many is a loop. */
const mostRedirects = 5

/** The only fields that go to an address that came in an answer. No credentials, and nothing of the caller's own. */
const forwarded = new Set(['accept', 'range', 'if-range', 'user-agent'])

const bare = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => forwarded.has(name)))

/** Follows redirects to the bytes, without credentials, to addresses outside only. */
async function follow(connection: Connection, answered: Answered): Promise<Response> {
  const { draft, standing, limit } = answered
  const { transport } = await loadTransport()
  const fields = bare(draft.fields)
  let { response } = answered
  let address = draft.address
  for (let step = 0; response.status >= 300 && response.status < 400; step += 1) {
    await discard(response)
    const target = redirectTarget(response.headers.get('location'), address, draft.address)
    if (target === undefined || step === mostRedirects) {
      const detail =
        target === undefined
          ? 'The answer redirects to an address that is not followed.'
          : 'The redirects do not end.'
      throw unreadable(standing, response, { detail, outcome: 'not_executed' })
    }
    address = target
    const { signal } = limit
    const request = { address, method: 'GET', fields, payload: undefined, signal, onProgress: () => {} }
    response = await orAbort(transport(connection.fetch, request), signal, discard)
  }
  if (response.status < 400) return response
  const error = await refusal(standing, response, { now: connection.now(), signal: limit.signal })
  if (error.code !== 'unauthenticated') throw error
  // Whoever refuses a request without credentials says nothing about ours, which must not be renewed for it.
  throw new AtlassianError({ code: 'forbidden', operation: standing.operation, status: error.status })
}

function sizeOf(headers: Headers): number | undefined {
  if (headers.has('content-encoding')) return undefined
  const length = headers.get('content-length')
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : undefined
}

async function quietly(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    await reader.cancel()
  } catch {
    // It failed already, which is why it is being let go.
  }
}

/** Passes the bytes on as they are asked for: nothing is read ahead, and a pause of the reader is no pause of Atlassian. */
function guarded(
  source: ReadableStream<Uint8Array>,
  { standing, response, limit }: Answered,
  rules: { readonly idleMs: number; readonly maxBytes: number },
): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  let bytes = 0
  const fail = async (error: AtlassianError): Promise<never> => {
    limit.stop()
    await quietly(reader)
    throw error
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        limit.restart(rules.idleMs)
        try {
          const { done, value } = await limit.race(reader.read())
          limit.restart(Infinity)
          if (done) {
            limit.stop()
            controller.close()
            return
          }
          bytes += value.byteLength
          if (bytes <= rules.maxBytes) controller.enqueue(value)
        } catch (error) {
          const end = limit.ended()
          await fail(
            end === undefined
              ? broken(standing, error, response.status)
              : cutShort(standing, end, 'answered'),
          )
        }
        if (bytes > rules.maxBytes) await fail(tooLarge({ standing, response }))
      },
      async cancel(reason) {
        limit.stop()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

function tooLarge({
  standing: { operation },
  response: { status, headers },
}: Pick<Answered, 'standing' | 'response'>): AtlassianError {
  const detail = 'The download is larger than maxBytes.'
  return new AtlassianError({ code: 'too_large', operation, status, detail, ...traceOf(headers) })
}

/** Turns an answer below 400 into a download, wherever its bytes lie. */
async function opened(connection: Connection, answered: Answered, options: StreamOptions): Promise<Download> {
  const { limit, standing } = answered
  const { maxBytes = Infinity } = options
  const response = await follow(connection, answered)
  const { status, headers } = response
  const size = sizeOf(headers)
  if (size !== undefined && size > maxBytes) {
    await discard(response)
    throw tooLarge({ standing, response })
  }
  const filename = fileNameOf(headers.get('content-disposition'))
  const mimeType = headers.get('content-type')?.split(';', 1)[0]?.trim()
  limit.restart(Infinity)
  answered.keep()
  const { idleMs } = connection.timeouts
  const source = response.body ?? new Blob([]).stream()
  return {
    status,
    headers,
    body: guarded(source, { ...answered, response }, { idleMs, maxBytes }),
    ...(filename !== undefined && { filename }),
    ...(mimeType !== undefined && mimeType !== '' && { mimeType }),
    ...(size !== undefined && { size }),
  }
}

/** What is to be downloaded. */
interface Wanted {
  readonly operation: OperationSpec
  readonly input: AnyInput | undefined
}

/** The order for bytes on their way. */
export function downloadOf(
  connection: Connection,
  { operation, input = {} }: Wanted,
  options: StreamOptions = {},
): Order<Download> {
  return { operation, input, options, finish: (answered) => opened(connection, answered, options) }
}
