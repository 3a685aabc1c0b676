const allowedHeaders = [
  'Authorization',
  'Content-Type',
  'MCP-Protocol-Version',
  'Mcp-Session-Id',
  'Mcp-Method',
  'Mcp-Name',
  'Last-Event-ID',
  'X-MCP-Readonly',
  'X-MCP-Toolsets',
  'X-MCP-Tools',
  'X-MCP-Results',
].join(', ')

/** What a client in a browser may read, on every answer of the MCP endpoint. Never with credentials. */
export const corsFields: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'WWW-Authenticate, Mcp-Session-Id, RateLimit, RateLimit-Policy, Retry-After',
}

/** Answers a preflight for the MCP endpoint. @see Fetch standard, CORS protocol */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...corsFields,
      'access-control-allow-methods': 'POST, GET, DELETE, OPTIONS',
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': '86400',
    },
  })
}
