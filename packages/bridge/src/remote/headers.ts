/** What the headers of a message repeat of its body. */
export interface MessageHeaders {
  readonly method: string
  /** The tool or prompt, or the address of the resource. */
  readonly name?: string
}

/** The headers of a message that both eras have in common. */
export function messageHeaders({ method, name }: MessageHeaders): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-method': headerValue(method),
    ...(name !== undefined && { 'mcp-name': headerValue(name) }),
  }
}

/** A value as it may stand in a header: as it is when it is plain, else in base64. @see MCP 2026-07-28, Streamable HTTP */
export function headerValue(text: string): string {
  const plain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text) && !text.startsWith('=?base64?')
  return plain ? text : `=?base64?${Buffer.from(text).toString('base64')}?=`
}

/** The member of the parameters that `Mcp-Name` repeats, by method. */
export const namedBy: Readonly<Record<string, 'name' | 'uri'>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
}
