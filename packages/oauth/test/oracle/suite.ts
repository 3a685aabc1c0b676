import { createHash, randomBytes } from 'node:crypto'

import * as z from 'zod'

import type { Target } from './target.ts'

/** What is seen from outside; equal for two servers that decide alike. */
type Observation = unknown

const redirectUri = 'http://127.0.0.1:7777/callback'
const Metadata = z.looseObject({
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  registration_endpoint: z.string(),
  revocation_endpoint: z.string(),
})
const Client = z.object({ client_id: z.string() })
const Tokens = z.object({ access_token: z.string(), refresh_token: z.string() })

type Fields = Readonly<Record<string, string | undefined>>

/** A client of a server, whichever server that is. */
interface Suite {
  readonly target: Target
  readonly metadata: z.infer<typeof Metadata>
  readonly register: (metadata?: object) => Promise<string>
  /** Where an authorization request ends: parameters of the redirect, or the status of a page. */
  readonly authorize: (client: string, change?: Fields) => Promise<Observation>
  readonly signIn: (
    client: string,
    change?: Fields,
  ) => Promise<{ readonly code: string; readonly verifier: string }>
  readonly token: (fields: Fields) => Promise<Response>
  readonly connect: (client: string) => Promise<z.infer<typeof Tokens>>
  readonly refresh: (client: string, token: string, more?: Fields) => Promise<Observation>
}

const body = (fields: Fields): URLSearchParams => {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value)
  return form
}

const verdict = async (response: Response): Promise<Observation> => {
  const { error } = z.object({ error: z.string().optional() }).parse(await response.json())
  return error ?? 'tokens'
}

async function createSuite(target: Target): Promise<Suite> {
  const { issuer, resource, send } = target
  const found = await send(new Request(`${issuer}/.well-known/openid-configuration`))
  const metadata = Metadata.parse(await found.json())

  async function walk(client: string, change: Fields) {
    const verifier = randomBytes(32).toString('base64url')
    const url = new URL(metadata.authorization_endpoint)
    const parameters = body({
      response_type: 'code',
      client_id: client,
      redirect_uri: redirectUri,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      scope: 'jira:read offline_access',
      state: 'state',
      prompt: 'consent',
      resource,
      ...change,
    })
    for (const [name, value] of parameters) url.searchParams.append(name, value)
    const back = await target.agree(target.browser(), url, change['redirect_uri'] ?? redirectUri)
    return { verifier, back, returned: back.href.startsWith(change['redirect_uri'] ?? redirectUri) }
  }

  const token: Suite['token'] = (fields) =>
    send(new Request(metadata.token_endpoint, { method: 'POST', body: body(fields) }))
  const signIn: Suite['signIn'] = async (client, change = {}) => {
    const { verifier, back } = await walk(client, change)
    const code = back.searchParams.get('code')
    if (code === null) throw new Error(`No code came back from ${issuer}: ${back.href}`)
    return { code, verifier }
  }
  return {
    target,
    metadata,
    token,
    signIn,
    async register(more = {}) {
      const response = await send(
        new Request(metadata.registration_endpoint, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ redirect_uris: [redirectUri], ...more }),
        }),
      )
      return Client.parse(await response.json()).client_id
    },
    async authorize(client, change = {}) {
      const { back, returned } = await walk(client, change)
      if (!returned) return 'a page'
      const { searchParams } = back
      return {
        error: searchParams.get('error') ?? 'none',
        code: searchParams.has('code'),
        state: searchParams.get('state'),
        issuers: searchParams.getAll('iss').map((iss) => iss === issuer),
      }
    },
    async connect(client) {
      return Tokens.parse(await (await token(redeem(client, await signIn(client)))).json())
    },
    refresh: async (client, refreshToken, more = {}) =>
      verdict(
        await token({ grant_type: 'refresh_token', client_id: client, refresh_token: refreshToken, ...more }),
      ),
  }
}

const redeem = (
  client: string,
  { code, verifier }: { readonly code: string; readonly verifier: string },
  change: Fields = {},
): Fields => ({
  grant_type: 'authorization_code',
  client_id: client,
  redirect_uri: redirectUri,
  code,
  code_verifier: verifier,
  ...change,
})

/** What is asked of both servers, by the number of the threat where there is one. */
const questions: Readonly<Record<string, (suite: Suite) => Promise<Observation>>> = {
  'what the metadata promises': async ({ metadata }) =>
    [
      'code_challenge_methods_supported',
      'response_types_supported',
      'authorization_response_iss_parameter_supported',
    ].map((name) => metadata[name]),
  'T01 redirects that were not registered': async ({ register, authorize }) => {
    const client = await register({ redirect_uris: [redirectUri, 'https://client.example/cb'] })
    const wrong = [
      'https://evil.example/cb',
      'https://client.example/cb/more',
      'https://client.example/cb?x=1',
      'https://client.example/CB',
      'https://client.example./cb',
      'https://client.example@evil.example/cb',
    ]
    return Promise.all(wrong.map((address) => authorize(client, { redirect_uri: address })))
  },
  'T01 a client that nobody knows': async ({ authorize }) => authorize('nobody'),
  'T02 loopback addresses': async ({ register, authorize }) => {
    const client = await register()
    const addresses = [
      'http://127.0.0.1.evil.example:7777/callback',
      'https://127.0.0.1:7777/callback',
      'http://127.0.0.2:7777/callback',
      'http://localhost:7777/callback',
      'http://127.0.0.1:7777/other',
      'http://127.0.0.1:5555/callback',
    ]
    return Promise.all(addresses.map((address) => authorize(client, { redirect_uri: address })))
  },
  'T03 dangerous schemes': async ({ target, metadata }) =>
    Promise.all(
      ['javascript:alert(1)', 'data:text/html,x', 'http://evil.example/cb', 'word'].map(async (address) => {
        const headers = { 'content-type': 'application/json' }
        const content = JSON.stringify({ redirect_uris: [address] })
        const request = new Request(metadata.registration_endpoint, {
          method: 'POST',
          headers,
          body: content,
        })
        return verdict(await target.send(request))
      }),
    ),
  'T04 a wrong verifier, and the code afterwards': async ({ register, signIn, token }) => {
    const client = await register()
    const signedIn = await signIn(client)
    const wrong = await verdict(await token(redeem(client, signedIn, { code_verifier: 'x'.repeat(43) })))
    return [wrong, await verdict(await token(redeem(client, signedIn)))]
  },
  'T04 no verifier': async ({ register, signIn, token }) => {
    const client = await register()
    return verdict(await token(redeem(client, await signIn(client), { code_verifier: undefined })))
  },
  'T05 weaker challenges': async ({ register, authorize }) => {
    const client = await register()
    const changes = [
      { code_challenge_method: 'plain' },
      { code_challenge_method: undefined },
      { code_challenge: undefined, code_challenge_method: undefined },
      { code_challenge: 'short' },
    ]
    return Promise.all(changes.map((change) => authorize(client, change)))
  },
  'T06 a code twice': async ({ register, signIn, token, refresh }) => {
    const client = await register()
    const signedIn = await signIn(client)
    const first = Tokens.parse(await (await token(redeem(client, signedIn))).json())
    const second = await verdict(await token(redeem(client, signedIn)))
    return [second, await refresh(client, first.refresh_token)]
  },
  'T08 a code of another client': async ({ register, signIn, token }) => {
    const [client, other] = [await register(), await register()]
    const signedIn = await signIn(client)
    const foreign = await verdict(await token(redeem(other, signedIn)))
    return [foreign, await verdict(await token(redeem(client, signedIn)))]
  },
  'T09 another registered redirect at the token endpoint': async ({ register, signIn, token }) => {
    const client = await register({ redirect_uris: [redirectUri, 'https://client.example/cb'] })
    const signedIn = await signIn(client)
    const other = await verdict(
      await token(redeem(client, signedIn, { redirect_uri: 'https://client.example/cb' })),
    )
    return [other, await verdict(await token(redeem(client, signedIn)))]
  },
  'T10 the issuer on success and on errors': async ({ register, authorize }) => {
    const client = await register()
    return Promise.all([authorize(client), authorize(client, { code_challenge_method: 'plain' })])
  },
  'T12 a refresh token two generations old': async ({ register, connect, token, refresh }) => {
    const client = await register()
    const first = await connect(client)
    const fields = { grant_type: 'refresh_token', client_id: client }
    const next = async (refreshToken: string) =>
      Tokens.parse(await (await token({ ...fields, refresh_token: refreshToken })).json())
    const second = await next(first.refresh_token)
    const third = await next(second.refresh_token)
    return [await refresh(client, first.refresh_token), await refresh(client, third.refresh_token)]
  },
  'T13 the token before the last, at once': async ({ register, connect, refresh }) => {
    const client = await register()
    const { refresh_token: refreshToken } = await connect(client)
    return [await refresh(client, refreshToken), await refresh(client, refreshToken)]
  },
  'T14 a refresh by another client, and for more': async ({ register, connect, refresh }) => {
    const [client, other] = [await register(), await register()]
    const { refresh_token: refreshToken } = await connect(client)
    const foreign = await refresh(other, refreshToken)
    const more = await refresh(client, refreshToken, { scope: 'jira:write' })
    return [foreign, more, await refresh(client, refreshToken)]
  },
  'T16 a resource that is none of the server’s': async ({ register, authorize, signIn, token }) => {
    const client = await register()
    const elsewhere = 'https://other.example/mcp'
    const asked = await authorize(client, { resource: elsewhere })
    const redeemed = await verdict(await token(redeem(client, await signIn(client), { resource: elsewhere })))
    return [asked, redeemed]
  },
  'T16 no resource at all': async ({ register, authorize }) =>
    authorize(await register(), { resource: undefined }),
  'T38 revocation, by others and by the client': async ({ target, metadata, register, connect, refresh }) => {
    const [client, other] = [await register(), await register()]
    const { refresh_token: token } = await connect(client)
    const revoke = async (by: string, what: string): Promise<boolean> => {
      const content = body({ client_id: by, token: what })
      const request = new Request(metadata.revocation_endpoint, { method: 'POST', body: content })
      return (await target.send(request)).status === 200
    }
    const unknown = await revoke(other, 'unknown')
    await revoke(other, token)
    const stillGood = await refresh(client, token)
    const second = await connect(client)
    const own = await revoke(client, second.refresh_token)
    return [unknown, stillGood, own, await refresh(client, second.refresh_token)]
  },
  'T40 parameters twice, JSON, and GET': async ({ target, metadata, register }) => {
    const client = await register()
    const twice = new URLSearchParams([
      ['grant_type', 'authorization_code'],
      ['client_id', client],
      ['client_id', client],
      ['code', 'x'],
    ])
    const headers = { 'content-type': 'application/json' }
    const requests = [
      new Request(metadata.token_endpoint, { method: 'POST', body: twice }),
      new Request(metadata.token_endpoint, { method: 'POST', headers, body: '{}' }),
      new Request(metadata.token_endpoint),
    ]
    return Promise.all(requests.map(async (request) => (await target.send(request)).status >= 400))
  },
  'a scope that nobody knows': async ({ register, authorize }) =>
    authorize(await register(), { scope: 'jira:read unknown' }),
  'no scope at all': async ({ register, authorize }) => authorize(await register(), { scope: undefined }),
  'a request object, and one to be fetched': async ({ register, authorize }) => {
    const client = await register()
    return Promise.all([
      authorize(client, { request: 'x' }),
      authorize(client, { request_uri: 'https://evil.example/x' }),
    ])
  },
  'implicit and form_post': async ({ register, authorize }) => {
    const client = await register()
    return Promise.all([
      authorize(client, { response_type: 'token' }),
      authorize(client, { response_mode: 'form_post' }),
    ])
  },
  'a plain-http redirect of a client that says it is on the web': async ({ target, metadata }) => {
    const headers = { 'content-type': 'application/json' }
    const content = JSON.stringify({ redirect_uris: ['http://evil.example/cb'], application_type: 'web' })
    const request = new Request(metadata.registration_endpoint, { method: 'POST', headers, body: content })
    return (await target.send(request)).status
  },
}

/** The questions, by name. */
export const questionNames: readonly string[] = Object.keys(questions)

/** What a server answers to a question. */
export async function ask(target: Target, name: string): Promise<Observation> {
  const question = questions[name]
  if (question === undefined) throw new Error(`There is no question ${name}`)
  return question(await createSuite(target))
}
