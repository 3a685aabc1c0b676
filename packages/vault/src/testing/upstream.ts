import { createHash, randomUUID } from 'node:crypto'

import { createFamilies, type TokenPair } from './families.ts'

/**
 * What the next request to the token endpoint meets. `lost`: tokens rotate, and the answer never arrives. `hold`: the
 * answer waits for `release`. `hang`: nothing happens at all. The others are answers, made in place of the real one;
 * `no_token_type` and `no_refresh_token` rotate first.
 */
export type TokenFault =
  | 'lost'
  | 'hold'
  | 'hang'
  | 'unauthorized_client'
  | 'invalid_grant'
  | 'access_denied'
  | 'invalid_request'
  | 'rate_limited'
  | 'bad_gateway'
  | 'no_token_type'
  | 'no_refresh_token'

/** What every request to the API is answered with while it is set, the number being the status. */
export type ApiFault = 401 | 403 | 429 | 503

/** One entry of accessible-resources. */
export interface UpstreamSite {
  readonly id: string
  readonly url: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly avatarUrl?: string
}

/** What has happened at the token endpoint. */
export interface UpstreamStatistics {
  /** Refreshes that were answered with tokens. */
  readonly refreshes: number
  /** Those among them whose refresh token had been used before, inside the reuse interval. */
  readonly reuses: number
  /** Families that ended because a refresh token came back too late, or after its successor. */
  readonly deadFamilies: number
}

/** How the upstream is set up. */
export interface UpstreamOptions {
  readonly now: () => number
  readonly client?: { readonly id: string; readonly secret: string }
  readonly sites?: readonly UpstreamSite[]
  /** Service accounts, by client credentials. */
  readonly services?: readonly { readonly id: string; readonly secret: string }[]
  /** API tokens that are good. */
  readonly apiTokens?: ReadonlySet<string>
  readonly accessLifetimeMs?: number
  /** How long a used refresh token is taken again while none of its successors has been used. */
  readonly reuseMs?: number
}

/** Atlassian's sign-in in miniature, inside the process: one person, one app, real rotation. */
export interface Upstream {
  readonly fetch: typeof globalThis.fetch
  /** What the browser does: approves what the address asks for, and says where it is sent back. */
  readonly approve: (url: URL) => URL
  /** Faults for the coming requests to the token endpoint, one each, in order. */
  readonly next: (...faults: readonly TokenFault[]) => void
  /** Resolves when so many requests to the token endpoint are held, lost or hanging, all in all. */
  readonly stuck: (count: number) => Promise<void>
  /** Answers all that is held. */
  readonly release: () => void
  /** Sets or ends a fault of the API. */
  readonly failApi: (fault: ApiFault | undefined) => void
  /** The person removes the app: every token ends. */
  readonly disconnect: () => void
  /** Access tokens end, refresh tokens work on. */
  readonly dropAccessTokens: () => void
  readonly statistics: () => UpstreamStatistics
  /** The form of each request to the token endpoint, the newest last. */
  readonly requests: readonly URLSearchParams[]
  /** The path of each request to the API, the newest last. */
  readonly questions: readonly string[]
}

/** Makes an upstream that speaks the addresses of `cloudProfile()`. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { now, client = { id: 'app', secret: 'app-secret' }, sites = [] } = options
  const { services = [], apiTokens = new Set() } = options
  const { accessLifetimeMs = 3_600_000, reuseMs = 600_000 } = options
  const families = createFamilies({ now, accessLifetimeMs, reuseMs })
  const codes = new Map<string, URLSearchParams>()
  const faults: TokenFault[] = []
  const requests: URLSearchParams[] = []
  const questions: string[] = []
  const watchers = new Map<number, () => void>()
  let held: (() => void)[] = []
  let stuckSoFar = 0
  let apiFault: ApiFault | undefined

  const redeem = (form: URLSearchParams): TokenPair | Response => {
    const asked = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const fits =
      asked?.get('redirect_uri') === form.get('redirect_uri') &&
      asked.get('code_challenge') === challengeOf(form.get('code_verifier'))
    return fits ? families.begin() : refuse(403, 'invalid_grant', 'Invalid authorization code')
  }

  const exchange = (form: URLSearchParams): TokenPair | Response => {
    const isService = form.get('grant_type') === 'client_credentials'
    const known = isService ? services : [client]
    if (!known.some(({ id, secret }) => form.get('client_id') === id && form.get('client_secret') === secret))
      return refuse(401, 'access_denied', 'Unauthorized')
    if (isService) return families.begin()
    const kind = form.get('grant_type')
    if (kind === 'authorization_code') return redeem(form)
    const issued = kind === 'refresh_token' ? families.refresh(form.get('refresh_token') ?? '') : undefined
    return issued ?? refuse(403, 'unauthorized_client', 'refresh_token is invalid')
  }

  const stick = <T>(wait: T): T => {
    stuckSoFar += 1
    watchers.get(stuckSoFar)?.()
    return wait
  }

  const answerToken = async (form: URLSearchParams, signal: AbortSignal | null): Promise<Response> => {
    requests.push(form)
    const fault = faults.shift()
    const made = fault === undefined ? undefined : fixedAnswers[fault]
    if (made !== undefined) return made()
    if (fault === 'hang') return stick(never(signal))
    const outcome = exchange(form)
    if (fault === 'lost') return stick(never(signal))
    if (fault === 'hold') await stick(new Promise<void>((resolve) => held.push(resolve)))
    if (outcome instanceof Response) return outcome
    const { access, refresh } = outcome
    return Response.json({
      access_token: access,
      ...(fault !== 'no_refresh_token' &&
        form.get('grant_type') !== 'client_credentials' && { refresh_token: refresh }),
      ...(fault !== 'no_token_type' && { token_type: 'Bearer' }),
      expires_in: accessLifetimeMs / 1000,
      scope: 'read:me offline_access',
    })
  }

  const answerApi = (pathname: string, token: string): Response => {
    questions.push(pathname)
    if (apiFault !== undefined) return Response.json({ code: apiFault }, { status: apiFault })
    if (!families.isGood(token) && !apiTokens.has(token))
      return Response.json({ code: 401, message: 'Unauthorized' }, { status: 401 })
    if (pathname === '/me')
      return Response.json({ account_id: 'p-ada', name: 'Ada', email: 'ada@example.com', picture: null })
    return Response.json(sites)
  }

  return {
    async fetch(input, init) {
      const request = new Request(input, init)
      const { pathname, hostname } = new URL(request.url)
      if (hostname === 'auth.atlassian.com' && pathname === '/oauth/token')
        return answerToken(new URLSearchParams(await request.text()), init?.signal ?? null)
      if (hostname === 'api.atlassian.com')
        return answerApi(pathname, request.headers.get('authorization')?.replace('Bearer ', '') ?? '')
      throw new TypeError(`Nothing answers at ${request.url}`)
    },

    approve({ searchParams }) {
      const code = randomUUID()
      codes.set(code, searchParams)
      const back = new URL(searchParams.get('redirect_uri') ?? '')
      back.searchParams.set('code', code)
      back.searchParams.set('state', searchParams.get('state') ?? '')
      return back
    },

    next: (...coming) => void faults.push(...coming),
    stuck: (count) =>
      new Promise((resolve) => {
        if (stuckSoFar >= count) resolve()
        else watchers.set(count, resolve)
      }),
    release() {
      const waiting = held
      held = []
      for (const answer of waiting) answer()
    },
    failApi: (fault) => void (apiFault = fault),
    disconnect: families.endAll,
    dropAccessTokens: families.dropAccess,
    statistics: families.statistics,
    requests,
    questions,
  }
}

const challengeOf = (verifier: string | null): string | null =>
  verifier === null ? null : createHash('sha256').update(verifier).digest('base64url')

const refuse = (status: number, error: string, error_description: string): Response =>
  Response.json({ error, error_description }, { status })

/** Waits for ever, or until the request is given up. */
const never = (signal: AbortSignal | null): Promise<Response> =>
  new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason)
    signal?.addEventListener('abort', () => reject(signal.reason))
  })

const fixedAnswers: Readonly<Partial<Record<TokenFault, () => Response>>> = {
  unauthorized_client: () => refuse(403, 'unauthorized_client', 'refresh_token is invalid'),
  invalid_grant: () => refuse(403, 'invalid_grant', 'Unknown or invalid refresh token.'),
  access_denied: () => refuse(401, 'access_denied', 'Unauthorized'),
  invalid_request: () => refuse(400, 'invalid_request', 'Incorrect request parameters'),
  rate_limited: () => Response.json({}, { status: 429, headers: { 'retry-after': '7' } }),
  bad_gateway: () =>
    new Response('<html><body>Bad gateway</body></html>', {
      status: 502,
      headers: { 'content-type': 'text/html' },
    }),
}
