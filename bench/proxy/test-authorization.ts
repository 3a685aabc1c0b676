import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** An authorization server whose refresh tokens are good for one use: the second one revokes the family. */
export interface TestAuthorization {
  readonly counts: Record<'registrations' | 'authorizations' | 'codes' | 'refreshes' | 'reused', number>
  readonly allows: (request: IncomingMessage, tool: string | undefined) => boolean
  readonly challenge: (request: IncomingMessage, response: ServerResponse, tool: string | undefined) => void
  readonly serve: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>
  /** Makes access tokens invalid. */
  readonly expire: () => void
  /** Makes all tokens invalid. */
  readonly revoke: () => void
  /** Sets `hold` (nobody agrees), `lifetime` (seconds; 0: not said) and `needs` (the scope of the tool `big`). */
  readonly follow: (search: URLSearchParams) => void
}

interface Grant {
  readonly family: string
  readonly scope: string
}

/** Milliseconds that a refresh takes, so that races show. */
const refreshMs = 200

function tokenOf({ headers }: IncomingMessage): string {
  return headers.authorization?.replace('Bearer ', '') ?? ''
}

/** Makes the authorization server. */
export function createAuthorization(): TestAuthorization {
  const counts = { registrations: 0, authorizations: 0, codes: 0, refreshes: 0, reused: 0 }
  const codes = new Map<string, Grant & { readonly challenge: string }>()
  const access = new Map<string, Grant>()
  const refresh = new Map<string, Grant>()
  const spent = new Map<string, Grant>()
  const script = { hold: false, lifetime: 3_600, needs: '' }

  const lacks = (grant: Grant | undefined, tool: string | undefined): boolean =>
    tool === 'big' && script.needs !== '' && !grant?.scope.split(' ').includes(script.needs)

  function issue({ family, scope }: Grant): object {
    const [accessToken, refreshToken] = [`access-${randomUUID()}`, `refresh-${randomUUID()}`]
    access.set(accessToken, { family, scope })
    refresh.set(refreshToken, { family, scope })
    const lifetime = script.lifetime === 0 ? {} : { expires_in: script.lifetime }
    return {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'Bearer',
      scope,
      ...lifetime,
    }
  }

  function forgetFamily(family: string): void {
    for (const tokens of [access, refresh])
      for (const [token, grant] of tokens) if (grant.family === family) tokens.delete(token)
  }

  async function granted(form: URLSearchParams): Promise<object | undefined> {
    if (form.get('grant_type') === 'authorization_code') {
      counts.codes++
      const code = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      return code?.challenge === proof ? issue(code) : undefined
    }
    counts.refreshes++
    const token = form.get('refresh_token') ?? ''
    const again = spent.get(token)
    if (again) {
      counts.reused++
      forgetFamily(again.family)
    }
    const grant = refresh.get(token)
    if (!grant) return undefined
    refresh.delete(token)
    spent.set(token, grant)
    await new Promise((resolve) => setTimeout(resolve, refreshMs))
    return issue(grant)
  }

  function authorize(url: URL, response: ServerResponse): void {
    if (script.hold) return
    const code = randomUUID()
    const search = url.searchParams
    const [challenge, scope] = [search.get('code_challenge') ?? '', search.get('scope') ?? 'read']
    codes.set(code, { family: randomUUID(), scope, challenge })
    const back = new URL(search.get('redirect_uri') ?? '')
    back.searchParams.set('code', code)
    back.searchParams.set('state', search.get('state') ?? '')
    back.searchParams.set('iss', url.origin)
    response.writeHead(302, { location: back.href }).end()
  }

  return {
    counts,
    allows(request, tool) {
      const grant = access.get(tokenOf(request))
      return grant !== undefined && !lacks(grant, tool)
    },
    challenge(request, response, tool) {
      const origin = `http://${request.headers.host}`
      const metadata = `resource_metadata="${origin}/.well-known/oauth-protected-resource${request.url}"`
      const grant = access.get(tokenOf(request))
      const isStepUp = grant !== undefined && lacks(grant, tool)
      const error = isStepUp ? `error="insufficient_scope", scope="${script.needs}"` : 'error="invalid_token"'
      response.writeHead(isStepUp ? 403 : 401, { 'www-authenticate': `Bearer ${error}, ${metadata}` }).end()
    },
    async serve(request, response, { pathname, searchParams }) {
      const origin = `http://${request.headers.host}`
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      const reply = (status: number, value: object): void =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      if (pathname.startsWith('/.well-known/oauth-protected-resource/')) {
        const resource = origin + pathname.replace('/.well-known/oauth-protected-resource', '')
        return reply(200, { resource, authorization_servers: [origin], scopes_supported: ['read'] })
      }
      if (pathname === '/.well-known/oauth-authorization-server') return reply(200, metadataOf(origin))
      if (pathname === '/register') {
        counts.registrations++
        return reply(201, { ...JSON.parse(text), client_id: randomUUID() })
      }
      if (pathname === '/authorize') {
        if (request.headers.accept === 'application/json') return reply(200, {})
        counts.authorizations++
        return authorize(new URL(`${pathname}?${searchParams}`, origin), response)
      }
      if (pathname !== '/token') return void response.writeHead(404).end()
      const tokens = await granted(new URLSearchParams(text))
      return tokens ? reply(200, tokens) : reply(400, { error: 'invalid_grant' })
    },
    expire: () => access.clear(),
    revoke() {
      access.clear()
      refresh.clear()
    },
    follow(search) {
      script.hold = search.get('hold') === '1'
      script.lifetime = Number(search.get('lifetime') ?? script.lifetime)
      script.needs = search.get('needs') ?? script.needs
    },
  }
}

function metadataOf(origin: string): object {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    registration_endpoint: `${origin}/register`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    authorization_response_iss_parameter_supported: true,
  }
}
