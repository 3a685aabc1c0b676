import { wireOf, type Refusal } from './errors.ts'

/** What browser-based clients may send and read (Fetch standard, CORS protocol). Never with credentials. */
export const cors: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'WWW-Authenticate, Mcp-Session-Id, Retry-After',
}

const allowedHeaders =
  'Authorization, Content-Type, MCP-Protocol-Version, Mcp-Session-Id, Mcp-Method, Mcp-Name, Last-Event-ID'

/** Answers a preflight. */
export const preflight = (methods: readonly string[]): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...cors,
      'access-control-allow-methods': methods.join(', '),
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': '86400',
    },
  })

/** Answers with JSON that nobody may keep, unless `cache-control` says otherwise. */
export const json = (
  body: unknown,
  {
    status = 200,
    headers = {},
  }: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  })

/** Answers a program whose request was refused. */
export function refusalReply(
  { reason, detail, retryAfterMs }: Refusal,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const { error, status, description } = wireOf(reason)
  return json(
    { error, error_description: detail ?? description },
    {
      status,
      headers: {
        ...(status === 429 || status === 503
          ? { 'retry-after': String(Math.max(1, Math.ceil((retryAfterMs ?? 30_000) / 1000))) }
          : {}),
        ...headers,
      },
    },
  )
}

/** Sends a browser on with GET, whatever it came with. */
export function seeOther(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}
