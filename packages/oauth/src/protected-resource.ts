import { readBoundedText } from './bounded-body.ts'
import { writeChallenge, type Challenge } from './challenge.ts'
import { mediaType } from './forms.ts'
import { checkIssuer, checkResource } from './issuer.ts'
import { cors, json, preflight } from './replies.ts'
import type { Verdict, VerifiedGrant } from './verification.ts'

/** What a protected resource is made of. */
export interface ProtectedResourceOptions {
  /** Its identifier, which is the address that people give to their client. */
  readonly resource: string
  readonly issuer: string
  readonly scopes: {
    /** In the metadata: what a client needs at least. Never `offline_access`. */
    readonly minimal: readonly string[]
    /** In the challenge: what a client should ask for, so that it need not ask again. */
    readonly useful: readonly string[]
  }
  /** How a token is looked at: `AuthorizationServer.verify`, or introspection from elsewhere. */
  readonly verify: (token: string, resource: string) => Promise<Verdict>
  /** For people, in the metadata. */
  readonly name?: string
  readonly documentation?: string
  /** Whether the metadata is also at the location without a path, which some clients try. Default: yes. */
  readonly root?: boolean
  /** Is told when `verify` rejects. Must not throw. */
  readonly observe?: (event: {
    readonly type: 'failed'
    readonly where: string
    readonly error: unknown
  }) => void
}

/** Whether a request may pass, and if not, the answer. */
export type Admission =
  | { readonly ok: true; readonly grant: VerifiedGrant }
  | { readonly ok: false; readonly response: Response }

/** The resource side of OAuth: who may pass, and what the others are told. */
export interface ProtectedResource {
  /** Answers requests for the metadata (RFC 9728), and nothing for any other path. */
  readonly metadata: (request: Request) => Response | undefined
  /** Looks at the bearer token of a request. The body stays readable. Never rejects. */
  readonly admit: (request: Request) => Promise<Admission>
  /** The answer to a request whose token lacks scopes: all that the operation needs. */
  readonly challenge: (scopes: readonly string[]) => Response
}

const wellKnown = '/.well-known/oauth-protected-resource'
const longestForm = 64 * 1024
const bearer = /^bearer +(?<token>[A-Za-z0-9\-._~+/]+=*)$/i

/**
 * Makes the resource side of an identifier. Tokens are read from the `Authorization` header and from nowhere else.
 *
 * @throws {TypeError} when the resource or the issuer is malformed.
 */
export function createProtectedResource(options: ProtectedResourceOptions): ProtectedResource {
  const { resource, issuer, scopes, verify, name, documentation, root = true } = options
  const { observe = () => undefined } = options
  checkIssuer(issuer)
  const { origin, pathname, search } = checkResource(resource)
  const path = `${wellKnown}${pathname === '/' ? '' : pathname}`
  const resourceMetadata = `${origin}${path}${search}`
  const paths: ReadonlySet<string> = new Set(root ? [path, wellKnown] : [path])
  const document = {
    resource,
    authorization_servers: [issuer],
    scopes_supported: scopes.minimal,
    bearer_methods_supported: ['header'],
    ...(name !== undefined && { resource_name: name }),
    ...(documentation !== undefined && { resource_documentation: documentation }),
  }

  /** A refusal with its challenge. The body is for people who look; clients read the header. */
  function refuse(status: number, challenge: Pick<Challenge, 'error' | 'scope'>, words: string): Response {
    const { error } = challenge
    return json(
      { ...(error !== undefined && { error }), error_description: words },
      {
        status,
        headers: { ...cors, 'www-authenticate': writeChallenge({ ...challenge, resourceMetadata }) },
      },
    )
  }

  async function check(token: string): Promise<Admission> {
    try {
      const verdict = await verify(token, resource)
      if (verdict.ok) return verdict
    } catch (error) {
      // A store that is away says nothing about the token. A 401 would make the client throw it away.
      observe({ type: 'failed', where: 'verify', error })
      const body = { error: 'temporarily_unavailable', error_description: 'Try again in a moment.' }
      return { ok: false, response: json(body, { status: 503, headers: { ...cors, 'retry-after': '5' } }) }
    }
    return {
      ok: false,
      response: refuse(
        401,
        { error: 'invalid_token', scope: scopes.useful },
        'The token is not valid here. Refresh it, or sign in again.',
      ),
    }
  }

  return {
    metadata(request) {
      if (!paths.has(new URL(request.url).pathname)) return undefined
      if (request.method === 'OPTIONS') return preflight(['GET', 'HEAD', 'OPTIONS'])
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return json(
          { error: 'invalid_request' },
          { status: 405, headers: { ...cors, allow: 'GET, HEAD, OPTIONS' } },
        )
      return json(document, { headers: { ...cors, 'cache-control': 'max-age=300' } })
    },

    async admit(request) {
      if (await hasTokenElsewhere(request))
        return {
          ok: false,
          response: refuse(
            400,
            { error: 'invalid_request' },
            'Send the token in the Authorization header and nowhere else.',
          ),
        }
      const authorization = request.headers.get('authorization')
      if (authorization === null || !/^bearer\b/i.test(authorization))
        return { ok: false, response: refuse(401, { scope: scopes.useful }, 'Sign in to use this.') }
      return check(bearer.exec(authorization.trim())?.groups?.['token'] ?? '')
    },

    challenge: (needed) =>
      refuse(
        403,
        { error: 'insufficient_scope', scope: needed },
        'The token lacks a scope. Ask the person for it.',
      ),
  }
}

/** Whether a token stands where logs and histories would keep it (RFC 6750 sections 2.2 and 2.3). */
async function hasTokenElsewhere(request: Request): Promise<boolean> {
  if (new URL(request.url).searchParams.has('access_token')) return true
  if (request.bodyUsed || mediaType(request) !== 'application/x-www-form-urlencoded') return false
  try {
    const body = await readBoundedText(request.clone().body, longestForm)
    return body.ok && new URLSearchParams(body.text).has('access_token')
  } catch {
    // The client went away in the middle of its body.
    return false
  }
}
