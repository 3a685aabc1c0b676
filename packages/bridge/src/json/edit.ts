import type { Span } from './scan.ts'

/** Text to put in place of a part of a buffer. An empty part inserts. */
export interface Edit extends Span {
  readonly text: string | Uint8Array
}

/** A copy of the buffer with the edits made, which are in order and do not overlap. All else stays byte by byte. */
export function edit(bytes: Buffer, edits: readonly Edit[]): Buffer {
  const parts: Uint8Array[] = []
  let from = 0
  for (const { start, end, text } of edits) {
    parts.push(bytes.subarray(from, start), typeof text === 'string' ? Buffer.from(text) : text)
    from = end
  }
  parts.push(bytes.subarray(from))
  return Buffer.concat(parts)
}
