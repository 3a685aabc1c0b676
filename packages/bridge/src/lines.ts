/** What a splitter is made of. */
export interface LineOptions {
  /** Bytes of the longest line. */
  readonly limit: number
  /** Without its line end. */
  readonly onLine: (line: Buffer) => void
  /** A longer line: its first and its last bytes, once its end has been seen. What lies between is dropped. */
  readonly onOversize: (head: Buffer, tail: Buffer) => void
}

/** Takes a stream of bytes apart. */
export interface LineSplitter {
  readonly feed: (chunk: Buffer) => void
  /** Hands over what came after the last line end. */
  readonly end: () => void
}

/** Bytes that are kept of each end of a line that is too long. */
const kept = 4_096

/** Splits bytes into lines at `\n` or `\r\n`. Never looks at a byte twice, and copies only lines that come in pieces. */
export function createLineSplitter({ limit, onLine, onOversize }: LineOptions): LineSplitter {
  let parts: Buffer[] = []
  let size = 0
  let head: Buffer | undefined

  function add(part: Buffer): void {
    parts.push(part)
    size += part.length
    if (size <= limit) return
    const whole = Buffer.concat(parts)
    head ??= Buffer.from(whole.subarray(0, kept))
    parts = [Buffer.from(whole.subarray(-kept))]
    size = limit
  }

  function finish(): void {
    const line = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
    const oversize = head
    parts = []
    size = 0
    head = undefined
    if (oversize) onOversize(oversize, line)
    else onLine(line.at(-1) === 0x0d ? line.subarray(0, -1) : line)
  }

  return {
    feed(chunk) {
      let from = 0
      for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
        add(chunk.subarray(from, end))
        from = end + 1
        finish()
      }
      if (from < chunk.length) add(chunk.subarray(from))
    },
    end() {
      if (parts.length > 0) finish()
    },
  }
}
