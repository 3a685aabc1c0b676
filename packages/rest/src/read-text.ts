/** The text that was read, and whether it was cut at the limit. */
export interface Read {
  readonly text: string
  readonly cut: boolean
}

/** Used for whole texts only, and so without a state that could go from one to the next. */
const decoder = new TextDecoder()

function decoded(pieces: readonly Uint8Array[], bytes: number): string {
  const [first] = pieces
  if (first !== undefined && pieces.length === 1) return decoder.decode(first)
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return decoder.decode(whole)
}

/**
 * Reads a body as UTF-8 and stops at a number of bytes. An answer that a `fetch` of another make shapes like a
 * `Response`, without being one, is read by its own `text`, and limits itself.
 */
export async function readText(response: Response, mostBytes: number): Promise<Read> {
  if (!(response instanceof Response)) return { text: await textOf(response), cut: false }
  if (response.body === null) return { text: '', cut: false }
  const reader = response.body.getReader()
  const pieces: Uint8Array[] = []
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { text: decoded(pieces, bytes), cut: false }
    if (bytes + value.byteLength > mostBytes) {
      await reader.cancel()
      return { text: decoded(pieces, bytes), cut: true }
    }
    bytes += value.byteLength
    pieces.push(value)
  }
}

const textOf = (response: { readonly text: () => Promise<string> }): Promise<string> => response.text()

/** Frees the connection of an answer whose body is of no interest. */
export async function discard(response: Response): Promise<void> {
  try {
    await response.body?.cancel()
  } catch {
    // A body that has failed already has nothing left to free.
  }
}
