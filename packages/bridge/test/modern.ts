/** The parameters that make a request one of a modern host. */
export function modern(meta: object = {}): { readonly _meta: object } {
  return {
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'modern-host', version: '2' },
      'io.modelcontextprotocol/clientCapabilities': { roots: {} },
      ...meta,
    },
  }
}
