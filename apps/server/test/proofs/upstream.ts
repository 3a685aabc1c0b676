import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

import { getRequestListener } from '@hono/node-server'

/** What happened at the token endpoint. */
interface UpstreamCounts {
  readonly refreshes: number
  /** Refreshes whose token had been used before: repetitions of one whose answer was lost. */
  readonly repeats: number
  /** Families that ended because a token came back too late, or after its successor. */
  readonly dead: number
}

/** An upstream of its own, which outlives every instance: people, codes, families with rotation and reuse. */
export interface ProofUpstream {
  readonly origin: string
  readonly counts: () => UpstreamCounts
  /** The person to whom an access token belongs. */
  readonly ownerOf: (access: string) => string | undefined
  readonly close: () => Promise<void>
}

interface Token {
  readonly family: { readonly person: string; dead: boolean }
  readonly children: Token[]
  used: boolean
}

/** Starts one on this machine. Whoever is named by `login_hint` signs in at once. */
export async function startUpstream(): Promise<ProofUpstream> {
  const codes = new Map<string, string>()
  const refreshTokens = new Map<string, Token>()
  const accessTokens = new Map<string, string>()
  const count = { refreshes: 0, repeats: 0, dead: 0 }
  const refused = Response.json.bind(Response)

  function issue(token: Token): Response {
    const [access, next] = [`up-at-${randomUUID()}`, `up-rt-${randomUUID()}`]
    refreshTokens.set(next, token)
    accessTokens.set(access, token.family.person)
    const body = {
      access_token: access,
      refresh_token: next,
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'x',
    }
    return Response.json(body)
  }

  function refresh(text: string): Response {
    const token = refreshTokens.get(text)
    const isOver = token === undefined || token.family.dead || token.children.some(({ used }) => used)
    if (isOver) {
      if (token !== undefined && !token.family.dead) {
        token.family.dead = true
        count.dead += 1
      }
      return refused(
        { error: 'unauthorized_client', error_description: 'refresh_token is invalid' },
        { status: 403 },
      )
    }
    count.refreshes += 1
    if (token.used) count.repeats += 1
    token.used = true
    const child: Token = { family: token.family, children: [], used: false }
    token.children.push(child)
    return issue(child)
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    if (url.pathname === '/authorize') {
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      const code = `up-code-${randomUUID()}`
      codes.set(code, request.headers.get('x-person') ?? 'nobody')
      back.searchParams.set('code', code)
      back.searchParams.set('state', url.searchParams.get('state') ?? '')
      return new Response(null, { status: 302, headers: { location: back.href } })
    }
    if (url.pathname === '/oauth/token') {
      const form = new URLSearchParams(await request.text())
      if (form.get('grant_type') === 'refresh_token') return refresh(form.get('refresh_token') ?? '')
      const person = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      if (person === undefined) return refused({ error: 'invalid_grant' }, { status: 403 })
      return issue({ family: { person, dead: false }, children: [], used: false })
    }
    const person = accessTokens.get((request.headers.get('authorization') ?? '').replace(/^Bearer /, ''))
    if (person === undefined) return refused({ error: 'unauthorized' }, { status: 401 })
    if (url.pathname === '/me') return Response.json({ account_id: person, name: person })
    const site = { id: 'site-one', url: 'https://one.example', name: 'One', scopes: ['read:jira-work'] }
    return Response.json([site])
  }

  const listener = getRequestListener(answer, { overrideGlobalObjects: false })
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    counts: () => ({ ...count }),
    ownerOf: (access) => accessTokens.get(access),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
