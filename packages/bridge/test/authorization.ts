import { createHash, randomUUID } from 'node:crypto'

import type { Asked } from './loopback.ts'
import { json } from './loopback.ts'
import type { McpServer, ServerOptions } from './server.ts'
import { modernServer } from './server.ts'

/** What a test may change about the authorization server while it runs. */
interface Script {
  /** Members that replace those of the two documents. */
  metadata?: Record<string, unknown>
  resource?: Record<string, unknown>
  /** Parameters that replace those of the redirect; undefined leaves one out. */
  redirect?: Record<string, string | undefined>
  /** Answers a grant in place of the server. */
  token?: (form: URLSearchParams) => { readonly status: number; readonly body: object } | undefined
  /** Held while a grant is being answered. */
  gate?: Promise<void>
  /** Seconds that access tokens last. */
  lifetime?: number
  /** The scope that every tool call needs. */
  needs?: string
  /** What is put into every challenge besides. */
  challenge?: string
  /** Answers further paths, with the form that came. */
  routes?: Record<string, (form: URLSearchParams) => { readonly status: number; readonly body: object }>
  /** Requests with a token are refused, too. */
  refuseAll?: boolean
}

/** An MCP server with an authorization server at the same origin. Refresh tokens are good for one use. */
export interface ProtectedServer extends McpServer {
  readonly script: Script
  readonly counts: {
    registrations: number
    authorizations: number
    codes: number
    refreshes: number
    /** Refresh tokens that came a second time. */
    reused: number
    revocations: number
  }
  readonly authorizations: readonly URLSearchParams[]
  readonly grants: readonly URLSearchParams[]
  readonly registered: readonly Record<string, unknown>[]
  /** Makes all access tokens invalid; with `true` the refresh tokens, too. */
  readonly forget: (refresh?: boolean) => void
  /** Lets a token in. */
  readonly admit: (token: string, scope?: string) => void
}

interface Code {
  readonly challenge: string
  readonly scope: string
}

/** Starts such a server. */
export async function protectedServer(options: ServerOptions = {}): Promise<ProtectedServer> {
  const script: Script = {}
  const counts = { registrations: 0, authorizations: 0, codes: 0, refreshes: 0, reused: 0, revocations: 0 }
  const authorizations: URLSearchParams[] = []
  const grants: URLSearchParams[] = []
  const registered: Record<string, unknown>[] = []
  const codes = new Map<string, Code>()
  const access = new Map<string, string>()
  const refresh = new Map<string, string>()
  const spent = new Set<string>()

  const server: McpServer = await modernServer({
    ...options,
    first: async (asked) => (await answer(asked)) || ((await options.first?.(asked)) ?? false),
  })

  function documentFor(path: string): object | undefined {
    const { origin } = server
    if (path === '/.well-known/oauth-protected-resource/mcp') {
      return {
        resource: `${origin}/mcp`,
        authorization_servers: [origin],
        scopes_supported: ['read'],
        ...script.resource,
      }
    }
    if (path !== '/.well-known/oauth-authorization-server') return undefined
    return {
      issuer: origin,
      authorization_endpoint: `${origin}/authorize?tenant=1`,
      token_endpoint: `${origin}/token`,
      registration_endpoint: `${origin}/register`,
      revocation_endpoint: `${origin}/revoke`,
      scopes_supported: ['read', 'write', 'offline_access'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
      authorization_response_iss_parameter_supported: true,
      ...script.metadata,
    }
  }

  function tokens(scope: string): object {
    const [accessToken, refreshToken] = [`at-${randomUUID()}`, `rt-${randomUUID()}`]
    access.set(accessToken, scope)
    refresh.set(refreshToken, scope)
    const { lifetime = 3_600 } = script
    return {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'Bearer',
      scope,
      expires_in: lifetime,
    }
  }

  function grant(form: URLSearchParams): { status: number; body: object } {
    const refused = { status: 400, body: { error: 'invalid_grant' } }
    if (form.get('grant_type') === 'refresh_token') {
      counts.refreshes++
      const token = form.get('refresh_token') ?? ''
      if (spent.has(token)) counts.reused++
      const scope = refresh.get(token)
      if (scope === undefined) return refused
      refresh.delete(token)
      spent.add(token)
      return { status: 200, body: tokens(scope) }
    }
    counts.codes++
    const code = codes.get(form.get('code') ?? '')
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (code?.challenge !== proof) return refused
    return { status: 200, body: tokens(code.scope) }
  }

  async function answer({ method, path, headers, text, message, response }: Asked): Promise<boolean> {
    const url = new URL(path, server.origin)
    const document = documentFor(url.pathname)
    const route = script.routes?.[url.pathname]
    if (document) json(response, 200, document)
    else if (route) {
      const { status, body } = route(new URLSearchParams(text))
      json(response, status, body)
    } else if (url.pathname === '/register') {
      counts.registrations++
      registered.push(JSON.parse(text))
      json(response, 201, { ...JSON.parse(text), client_id: `client-${counts.registrations}` })
    } else if (url.pathname === '/authorize') {
      counts.authorizations++
      authorizations.push(url.searchParams)
      const code = randomUUID()
      codes.set(code, {
        challenge: url.searchParams.get('code_challenge') ?? '',
        scope: url.searchParams.get('scope') ?? '',
      })
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      const given = {
        code,
        state: url.searchParams.get('state') ?? '',
        iss: server.origin,
        ...script.redirect,
      }
      for (const [name, value] of Object.entries(given))
        if (value !== undefined) back.searchParams.set(name, value)
      response.writeHead(302, { location: back.href }).end()
    } else if (url.pathname === '/token') {
      const form = new URLSearchParams(text)
      grants.push(form)
      await script.gate
      const { status, body } = script.token?.(form) ?? grant(form)
      json(response, status, body)
    } else if (url.pathname === '/revoke') {
      counts.revocations++
      response.writeHead(200).end()
    } else if (url.pathname === '/mcp' && method === 'POST') {
      const scope = access.get(headers.authorization?.replace('Bearer ', '') ?? '')
      const about = `resource_metadata="${server.origin}/.well-known/oauth-protected-resource/mcp"${script.challenge ?? ''}`
      const isMissing =
        message?.method === 'tools/call' &&
        script.needs !== undefined &&
        !scope?.split(' ').includes(script.needs)
      if (scope === undefined || script.refuseAll) {
        response.writeHead(401, { 'www-authenticate': `Bearer ${about}` }).end()
      } else if (isMissing) {
        const challenge = `Bearer error="insufficient_scope", scope="${script.needs}", ${about}`
        response.writeHead(403, { 'www-authenticate': challenge }).end()
      } else return false
    } else if (url.pathname !== '/mcp') response.writeHead(404).end()
    else return false
    return true
  }

  return {
    ...server,
    script,
    counts,
    authorizations,
    grants,
    registered,
    admit: (token, scope = '') => void access.set(token, scope),
    forget(all = false) {
      access.clear()
      if (all) refresh.clear()
    },
  }
}

/** A browser whose person agrees to everything at once. */
export interface TestBrowser {
  readonly open: (url: URL) => Promise<boolean>
  readonly opened: readonly URL[]
  /** Status and text of the pages that were shown last. */
  readonly pages: Promise<{ readonly status: number; readonly text: string }>[]
}

/** Makes a browser. With `hold` its person waits for that first. */
export function createTestBrowser(hold: Promise<void> = Promise.resolve()): TestBrowser {
  const opened: URL[] = []
  const pages: Promise<{ status: number; text: string }>[] = []
  async function visit(url: URL): Promise<{ status: number; text: string }> {
    await hold
    const response = await fetch(url)
    return { status: response.status, text: await response.text() }
  }
  return {
    opened,
    pages,
    open: async (url) => {
      opened.push(url)
      pages.push(visit(url))
      return true
    },
  }
}
