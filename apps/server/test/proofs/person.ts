import { createHash, randomBytes } from 'node:crypto'

import * as z from 'zod'

import { formWith } from '../support/forms.ts'
import type { Page } from '../support/forms.ts'
import { issuer, resource } from './instance.ts'
import { isOwn } from './process.ts'

const redirectUri = 'http://localhost:7777/callback'

/** Answers a request for the issuer: an instance in this process, or in another. */
export type Server = (request: Request) => Promise<Response>

const Registered = z.object({ client_id: z.string() })
const Tokens = z.object({ access_token: z.string(), refresh_token: z.string() })
export type Tokens = z.infer<typeof Tokens>

/** Registers a client. */
export async function register(server: Server): Promise<string> {
  const body = JSON.stringify({ redirect_uris: ['http://localhost/callback'] })
  const headers = { 'content-type': 'application/json' }
  const response = await server(new Request(`${issuer}/register`, { method: 'POST', headers, body }))
  return Registered.parse(await response.json()).client_id
}

/** A sign-in that has come as far as the callback, which has not been sent yet. */
export interface AtCallback {
  readonly client: string
  readonly verifier: string
  readonly callback: URL
  readonly cookies: ReadonlyMap<string, string>
}

/** What a browser brings back to the client. */
export interface Code {
  readonly client: string
  readonly verifier: string
  readonly code: string
}

/** Walks from the client over consent and upstream to our callback. */
export async function walkToCallback(
  server: Server,
  { client, person }: { readonly client: string; readonly person: string },
): Promise<AtCallback> {
  const verifier = randomBytes(32).toString('base64url')
  const cookies = new Map<string, string>()
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: 'state',
    resource,
  })

  async function follow(first: Request): Promise<Page> {
    let request = first
    for (let hop = 0; hop < 10; hop += 1) {
      if (isOwn(request.url) && new URL(request.url).pathname === '/callback')
        return { url: new URL(request.url), body: '' }
      const response = await step(server, request, { cookies, person })
      const location = response.headers.get('location')
      if (location === null) return { url: new URL(request.url), body: await response.text() }
      request = new Request(new URL(location, request.url))
    }
    throw new Error('The redirects go round in a circle')
  }

  const page = await follow(new Request(`${issuer}/authorize?${query.toString()}`))
  const { action, fields } = formWith(page, /^Continue/, { access: 'write' })
  const headers = { origin: 'null', 'sec-fetch-site': 'same-origin' }
  const back = await follow(new Request(action, { method: 'POST', headers, body: fields }))
  return { client, verifier, callback: back.url, cookies }
}

async function step(
  server: Server,
  request: Request,
  { cookies, person }: { readonly cookies: Map<string, string>; readonly person: string },
): Promise<Response> {
  if (!isOwn(request.url)) return fetch(request.url, { redirect: 'manual', headers: { 'x-person': person } })
  request.headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
  const response = await server(request)
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    cookies.set(name, value)
  }
  return response
}

/** Sends the callback. Nothing when no code comes of it. */
export async function finishCallback(server: Server, at: AtCallback): Promise<Code | undefined> {
  const cookie = [...at.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await server(new Request(at.callback, { headers: { cookie } }))
  await response.body?.cancel()
  const location = response.headers.get('location') ?? ''
  const code = location.startsWith(redirectUri) ? new URL(location).searchParams.get('code') : null
  return code === null ? undefined : { client: at.client, verifier: at.verifier, code }
}

const post = (server: Server, fields: Readonly<Record<string, string>>): Promise<Response> =>
  server(new Request(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(fields) }))

/** Redeems a code. Nothing when it is refused. */
export async function redeem(server: Server, { client, verifier, code }: Code): Promise<Tokens | undefined> {
  const fields = { grant_type: 'authorization_code', client_id: client, code, code_verifier: verifier }
  return read(await post(server, fields))
}

/** Refreshes. Nothing when it is refused. */
export async function refresh(
  server: Server,
  { client, token }: { readonly client: string; readonly token: string },
): Promise<Tokens | undefined> {
  return read(await post(server, { grant_type: 'refresh_token', client_id: client, refresh_token: token }))
}

async function read(response: Response): Promise<Tokens | undefined> {
  const body: unknown = await response.json()
  if (response.status === 200) return Tokens.parse(body)
  if (response.status === 400) return undefined
  throw new Error(`The token endpoint answered ${response.status}: ${JSON.stringify(body)}`)
}

/** Signs somebody in from beginning to end. */
export async function signIn(
  server: Server,
  who: { readonly client: string; readonly person: string },
): Promise<Code> {
  const code = await finishCallback(server, await walkToCallback(server, who))
  if (code === undefined) throw new Error(`${who.person} could not sign in`)
  return code
}
