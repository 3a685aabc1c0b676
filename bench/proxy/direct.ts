/** What calls tools, whether through a program or straight. */
export interface Caller {
  readonly call: (tool: string, args: object) => Promise<number>
  readonly close: () => Promise<void>
}

const revision = '2025-06-18'
const initialize = {
  protocolVersion: revision,
  capabilities: {},
  clientInfo: { name: 'bench', version: '1' },
}

/** Asks the server straight, by `fetch`. Calls resolve with the length of the first text. */
export async function direct(url: string): Promise<Caller> {
  let session: string | undefined
  let count = 0
  async function post(method: string, params: object): Promise<Response> {
    return fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': revision,
        ...(session !== undefined && { 'mcp-session-id': session }),
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: ++count, method, params }),
    })
  }
  const opened = await post('initialize', initialize)
  await opened.text()
  session = opened.headers.get('mcp-session-id') ?? undefined
  return {
    async call(name, args) {
      const response = await post('tools/call', { name, arguments: args })
      const text = await response.text()
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
      return lengthIn(JSON.parse(isStream ? text.slice(text.indexOf('data: ') + 6) : text))
    },
    async close() {
      const headers = { 'mcp-session-id': session ?? '' }
      await (await fetch(url, { method: 'DELETE', headers })).text()
    },
  }
}

/** The length of the first text of a result. Throws for an error. */
export function lengthIn(message: {
  readonly result?: { readonly content?: readonly { readonly text?: string }[] }
  readonly error?: { readonly message?: string }
}): number {
  const text = message.result?.content?.[0]?.text
  if (text === undefined) throw new Error(message.error?.message ?? 'There is no result.')
  return text.length
}
