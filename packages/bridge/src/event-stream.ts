import { createLineSplitter } from './lines.ts'

/** One event of a `text/event-stream`. */
interface ServerEvent {
  /** `message` when the stream does not say. */
  readonly type: string
  readonly data: Buffer
}

/** Reads an event stream. */
export interface EventReader {
  readonly feed: (chunk: Buffer) => void
  /** The id of the last event that had one: where to take the stream up again. */
  readonly lastEventId: () => string | undefined
  /** How long to wait before that, in milliseconds, if the stream said so. */
  readonly retryAfter: () => number | undefined
}

/** What a reader is made of. */
export interface EventReaderOptions {
  /** Bytes of the longest line, and of the longest event. */
  readonly limit: number
  /** Called for events with data; an event of an id alone is noted and not handed over. */
  readonly onEvent: (event: ServerEvent) => void
  readonly onOversize: () => void
}

/** Reads an event stream in linear time. A line may end with `\n` or `\r\n`. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function createEventReader({ limit, onEvent, onOversize }: EventReaderOptions): EventReader {
  let type = 'message'
  let data: Buffer[] = []
  let size = 0
  let lastEventId: string | undefined
  let retryAfter: number | undefined

  function dispatch(): void {
    const [first] = data
    const event = { type, data: data.length === 1 && first ? first : joined(data) }
    data = []
    size = 0
    type = 'message'
    if (event.data.length > 0) onEvent(event)
  }

  const fields: Readonly<Record<string, (value: Buffer) => void>> = {
    data: (value) => {
      data.push(value)
      size += value.length
      if (size > limit) onOversize()
    },
    event: (value) => void (type = value.toString() || 'message'),
    id: (value) => void (value.includes(0) || (lastEventId = value.toString())),
    retry: (value) => void (/^\d{1,9}$/.test(value.toString()) && (retryAfter = Number(value.toString()))),
  }

  const lines = createLineSplitter({
    limit,
    onOversize,
    onLine(line) {
      if (line.length === 0) return dispatch()
      const colon = line.indexOf(0x3a)
      const name = line.toString('latin1', nameStart(line), colon < 0 ? line.length : colon)
      const value = colon < 0 ? line.length : line[colon + 1] === 0x20 ? colon + 2 : colon + 1
      if (Object.hasOwn(fields, name)) fields[name]?.(line.subarray(value))
    },
  })

  return { feed: lines.feed, lastEventId: () => lastEventId, retryAfter: () => retryAfter }
}

/** A stream may begin with a byte order mark. */
function nameStart(line: Buffer): number {
  return line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0
}

function joined(parts: readonly Buffer[]): Buffer {
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [lineFeed, part])))
}

const lineFeed = Buffer.from('\n')
