/** Reads a body of at most `limit` decoded bytes as UTF-8. */
export type BodyText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: 'too_large' | 'not_text' }

/** Reads a body chunk by chunk and stops at the limit, whatever `Content-Length` said. An absent body is empty. */
export async function readBoundedText(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<BodyText> {
  const chunks: Uint8Array[] = []
  if (body !== null) {
    let size = 0
    const reader = body.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      size += value.byteLength
      if (size > limit) {
        reader.cancel().catch(ignore)
        return { ok: false, reason: 'too_large' }
      }
      chunks.push(value)
    }
  }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) }
  } catch {
    // Forms and JSON are UTF-8 (RFC 8259 section 8.1).
    return { ok: false, reason: 'not_text' }
  }
}

const ignore = (): void => undefined
