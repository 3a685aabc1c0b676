import { BridgeError } from '../bridge-error.ts'
import { createEventReader } from '../event-stream.ts'
import type { Limits } from '../limits.ts'
import type { Message } from '../message.ts'
import { readMessages } from '../message.ts'
import type { HttpAnswer } from '../network/http.ts'
import { readBody } from '../network/http.ts'

/** Where a stream of events can be taken up again when it breaks. */
export interface StreamPosition {
  lastEventId?: string
  retryMs?: number
}

/** Hears each message of an answer, in order. */
export type OnMessage = (message: Message) => void

/**
 * Reads the messages of an answer with status 2xx, be it one JSON document, an event stream, or nothing. Resolves when
 * the answer is complete, and rejects with `HttpError` when it is cut. `position` is kept up to date on the way.
 */
export async function readAnswer(
  answer: HttpAnswer,
  { onMessage, position = {}, limits }: { onMessage: OnMessage; position?: StreamPosition; limits: Limits },
): Promise<void> {
  const type = answer.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (type === 'text/event-stream') return readEvents(answer, { onMessage, position, limits })
  const body = await readBody(answer, limits.answerBytes)
  if (body.length === 0) return
  if (type !== undefined && !/^application\/(?:[\w.+-]+\+)?json$/.test(type)) throw unusable(type)
  deliver(onOneLine(body), onMessage)
}

async function readEvents(
  answer: HttpAnswer,
  { onMessage, position, limits }: { onMessage: OnMessage; position: StreamPosition; limits: Limits },
): Promise<void> {
  const reader = createEventReader({
    limit: limits.answerBytes,
    onEvent: ({ type, data }) => {
      if (type === 'message') deliver(onOneLine(data), onMessage)
    },
    onOversize: () => {
      throw new BridgeError(
        'too_large',
        `The server sent a message of more than ${limits.answerBytes} bytes. Ask for less.`,
      )
    },
  })
  await answer.read((chunk) => {
    reader.feed(chunk)
    const [lastEventId, retryMs] = [reader.lastEventId(), reader.retryAfter()]
    if (lastEventId !== undefined) position.lastEventId = lastEventId
    if (retryMs !== undefined) position.retryMs = retryMs
  })
}

function deliver(bytes: Buffer, onMessage: OnMessage): void {
  for (const message of readMessages(bytes)) {
    if (message.kind === 'fault') throw unusable('what is not a message of MCP')
    onMessage(message)
  }
}

/** JSON may be written over several lines, and stdio has one a message: line ends can only stand between tokens. */
function onOneLine(bytes: Buffer): Buffer {
  for (const sign of [0x0a, 0x0d]) {
    for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, at + 1)) bytes[at] = 0x20
  }
  return bytes
}

function unusable(what: string): BridgeError {
  const message = `The server answered with ${what}. Check that the address is that of an MCP server, and that no sign-in page of a network stands in between.`
  return new BridgeError('unusable_answer', message)
}
