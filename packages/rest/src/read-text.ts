/** The text that was read, and whether it was cut at the limit. */
export interface Read {
  readonly text: string
  readonly cut: boolean
}

/**
 * Reads a body as UTF-8 and stops at a number of bytes. An answer that a `fetch` of another make shapes like a
 * `Response`, without being one, is read by its own `text`, and limits itself.
 */
export async function readText(response: Response, mostBytes: number): Promise<Read> {
  if (!(response instanceof Response)) return { text: await textOf(response), cut: false }
  if (response.body === null) return { text: '', cut: false }
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { text: text + decoder.decode(), cut: false }
    bytes += value.byteLength
    if (bytes > mostBytes) {
      await reader.cancel()
      return { text, cut: true }
    }
    text += decoder.decode(value, { stream: true })
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
