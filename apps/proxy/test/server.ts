import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'

import { onTestFinished } from 'vitest'

/** A server of the legacy era with sessions, behind an authorization server whose refresh tokens are good for one use. */
export interface TestServer {
  readonly url: string
  readonly sessions: ReadonlySet<string>
  readonly counts: Readonly<
    Record<'registrations' | 'authorizations' | 'refreshes' | 'reused' | 'revocations', number>
  >
  /** Resolves when the tool has been called so many times. */
  readonly called: (tool: string, times?: number) => Promise<void>
  /** Makes all access tokens invalid. */
  readonly forget: () => void
  readonly secrets: () => readonly string[]
  /** Lets tokens in that it did not give. */
  readonly admit: (tokens: { readonly access?: string; readonly refresh?: string }) => void
}

/** Starts a server with the tools `echo` and `endless`. It stops when the test ends. */
export async function startServer({ isOpen = false } = {}): Promise<TestServer> {
  const sessions = new Set<string>()
  const counts = { registrations: 0, authorizations: 0, refreshes: 0, reused: 0, revocations: 0 }
  const [codes, access, refresh] = [new Map<string, string>(), new Set<string>(), new Set<string>()]
  const secrets: string[] = []
  const calls: string[] = []
  const waiting = new Set<() => void>()
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  })

  const secret = (): string => {
    secrets.push(randomUUID())
    return secrets.at(-1) ?? ''
  }

  function grant(form: URLSearchParams): object | undefined {
    if (form.get('grant_type') === 'refresh_token') {
      counts.refreshes++
      if (!refresh.delete(form.get('refresh_token') ?? '')) return void counts.reused++
    } else {
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      if (codes.get(form.get('code') ?? '') !== proof) return undefined
    }
    const [accessToken, refreshToken] = [secret(), secret()]
    access.add(accessToken)
    refresh.add(refreshToken)
    return {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: 3_600,
      scope: 'all',
    }
  }

  const routes: Record<
    string,
    (asked: { text: string; query: URLSearchParams; response: ServerResponse }) => void
  > = {
    '/.well-known/oauth-protected-resource/mcp': ({ response }) =>
      json(response, {
        resource: `${origin}/mcp`,
        authorization_servers: [origin],
        scopes_supported: ['all'],
      }),
    '/.well-known/oauth-authorization-server': ({ response }) =>
      json(response, {
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        registration_endpoint: `${origin}/register`,
        revocation_endpoint: `${origin}/revoke`,
        code_challenge_methods_supported: ['S256'],
      }),
    '/register': ({ text, response }) => {
      counts.registrations++
      json(response, { ...JSON.parse(text), client_id: 'client' }, 201)
    },
    '/authorize': ({ query, response }) => {
      counts.authorizations++
      const code = secret()
      codes.set(code, query.get('code_challenge') ?? '')
      const back = new URL(query.get('redirect_uri') ?? '')
      back.search = new URLSearchParams({ code, state: query.get('state') ?? '' }).toString()
      response.writeHead(302, { location: back.href }).end()
    },
    '/token': ({ text, response }) => {
      const tokens = grant(new URLSearchParams(text))
      if (tokens) json(response, tokens)
      else json(response, { error: 'invalid_grant' }, 400)
    },
    '/revoke': ({ response }) => {
      counts.revocations++
      response.writeHead(200).end()
    },
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const url = new URL(request.url ?? '/', origin)
    const route = routes[url.pathname]
    if (route) return route({ text, query: url.searchParams, response })
    if (url.pathname !== '/mcp') return void response.writeHead(404).end()
    if (!isOpen && !access.has(request.headers.authorization?.replace('Bearer ', '') ?? '')) {
      response.setHeader('www-authenticate', 'Bearer')
      return void response.writeHead(401).end()
    }
    return serve(request, response, text)
  }

  function serve(request: IncomingMessage, response: ServerResponse, text: string): void {
    const session = String(request.headers['mcp-session-id'] ?? '')
    const { id, method, params } = text === '' ? {} : JSON.parse(text)
    if (method === 'initialize') {
      const made = randomUUID()
      sessions.add(made)
      response.setHeader('mcp-session-id', made)
      const result = {
        protocolVersion: '2025-06-18',
        capabilities: { tools: {} },
        serverInfo: { name: 'test', version: '1' },
      }
      return json(response, { jsonrpc: '2.0', id, result })
    }
    if (!sessions.has(session))
      return json(
        response,
        { jsonrpc: '2.0', id: null, error: { code: -32_001, message: 'Session not found' } },
        404,
      )
    if (request.method === 'DELETE') sessions.delete(session)
    if (request.method === 'GET') return void response.writeHead(405).end()
    if (id === undefined) return void response.writeHead(202).end()
    if (method === 'tools/list')
      return json(response, {
        jsonrpc: '2.0',
        id,
        result: { tools: [{ name: 'echo', inputSchema: { type: 'object' } }] },
      })
    calls.push(params.name)
    for (const look of waiting) look()
    if (params.name === 'endless') return undefined
    return json(response, {
      jsonrpc: '2.0',
      id,
      result: { content: [{ type: 'text', text: params.arguments.text }] },
    })
  }

  return {
    url: `${origin}/mcp`,
    sessions,
    counts,
    called: (tool, times = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (calls.filter((name) => name === tool).length < times) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    forget: () => access.clear(),
    secrets: () => secrets,
    admit(tokens) {
      if (tokens.access) access.add(tokens.access)
      if (tokens.refresh) refresh.add(tokens.refresh)
    },
  }
}

function json(response: ServerResponse, value: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
