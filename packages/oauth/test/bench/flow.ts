import { createHash, randomBytes } from 'node:crypto'

import { expect } from 'vitest'
import * as z from 'zod'

import { issuer, resource, type Bench } from './bench.ts'
import type { Browser, Visit } from './browser.ts'

export const redirectUri = 'http://localhost:7777/callback'

/** A registered client. */
const Registered = z.object({ client_id: z.string(), client_secret: z.string().optional() })
export type Registered = z.infer<typeof Registered>

export async function register(
  bench: Bench,
  metadata: Readonly<Record<string, unknown>> = {},
): Promise<Registered> {
  const response = await bench.postJson('/register', {
    client_name: 'A test client',
    redirect_uris: ['http://localhost/callback'],
    ...metadata,
  })
  const body: unknown = await response.json()
  expect({ status: response.status, body }).toMatchObject({ status: 201 })
  return Registered.parse(body)
}

export const pkce = () => {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** A change of parameters: `undefined` takes one away. */
export type Change = Readonly<Record<string, string | undefined>>

/** The address of an authorization request. */
export function authorizeUrl(clientId: string, challenge: string, change: Change = {}): string {
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'state of the client',
    resource,
    ...change,
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value)
  return `${issuer}/authorize?${query.toString()}`
}

/** What came back to the client. */
export interface Returned {
  readonly url: URL
  readonly code: string
  readonly verifier: string
  readonly clientId: string
  readonly redirectUri: string
  readonly browser: Browser
}

/** Walks from the client to the sign-in and back, as a person who agrees. */
export async function signIn(
  bench: Bench,
  client: Registered,
  {
    change = {},
    browser = bench.browser(),
    access = 'write',
  }: { readonly change?: Change; readonly browser?: Browser; readonly access?: string } = {},
): Promise<Returned> {
  const { verifier, challenge } = pkce()
  const stopAt = [change['redirect_uri'] ?? redirectUri]
  const consent = await browser.open(authorizeUrl(client.client_id, challenge, change), { stopAt })
  expect({ status: consent.response.status, body: consent.body }).toMatchObject({ status: 200 })
  const back = await browser.submit(consent, { access, decision: 'approve' }, { stopAt })
  return {
    url: back.url,
    code: back.url.searchParams.get('code') ?? '',
    verifier,
    clientId: client.client_id,
    redirectUri: change['redirect_uri'] ?? redirectUri,
    browser,
  }
}

/** Opens the consent page of a fresh request. */
export async function openConsent(
  bench: Bench,
  client: Registered,
  { browser = bench.browser(), change = {} }: { readonly browser?: Browser; readonly change?: Change } = {},
): Promise<{ readonly browser: Browser; readonly page: Visit; readonly verifier: string }> {
  const { verifier, challenge } = pkce()
  const page = await browser.open(authorizeUrl(client.client_id, challenge, change))
  return { browser, page, verifier }
}

export const redeemBody = ({ code, verifier, clientId, redirectUri: uri }: Returned) => ({
  grant_type: 'authorization_code',
  code,
  code_verifier: verifier,
  client_id: clientId,
  redirect_uri: uri,
})

/** A good answer of the token endpoint, to a client that has refresh tokens. */
const Tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
  scope: z.string(),
  token_type: z.string(),
})
export type Tokens = z.infer<typeof Tokens>

export async function tokensOf(response: Response): Promise<Tokens> {
  const body: unknown = await response.json()
  expect({ status: response.status, body }).toMatchObject({ status: 200 })
  return Tokens.parse(body)
}

/** Signs in and redeems the code. */
export async function connect(
  bench: Bench,
  client: Registered,
  options: Parameters<typeof signIn>[2] = {},
): Promise<Tokens & { readonly returned: Returned }> {
  const returned = await signIn(bench, client, options)
  return { ...(await tokensOf(await bench.post('/token', redeemBody(returned)))), returned }
}

/** Presents a refresh token, alone or with more parameters. */
export const refreshWith = (
  bench: Bench,
  client: Registered,
  fields: string | Readonly<Record<string, string>>,
) =>
  bench.post('/token', {
    grant_type: 'refresh_token',
    client_id: client.client_id,
    ...(typeof fields === 'string' ? { refresh_token: fields } : fields),
  })

/** Error code and status of an answer to a program. */
export async function refusal(
  response: Response,
): Promise<{ readonly status: number; readonly error: unknown }> {
  const { error } = z.object({ error: z.string() }).parse(await response.json())
  return { status: response.status, error }
}
