import { demoApp, type Simulator, type SimulatorOptions } from '../src/index.ts'
import { createSimulator } from './answers.ts'

/** The morning on which every test takes place: a Monday. */
export const morning = Date.parse('2026-11-23T09:00:00Z')

export const brightwater = 'b7a1d3f0-5c2e-4e9b-8a64-0f1d2c3b4a59'
export const lakeside = 'e4c0a8b2-91d7-4f36-b5e8-73a6d09c1f42'

/** JSON of any shape, to be looked into by tests. */
export type Json = any // oxlint-disable-line typescript/no-explicit-any -- tests look into answers of many shapes

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Json
  readonly text: string
}

export interface Asked {
  readonly method?: string
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  /** A body as it is. */
  readonly raw?: string
  /** A form with files. */
  readonly form?: FormData
  readonly headers?: Readonly<Record<string, string>>
}

export type Ask = (path: string, asked?: Asked) => Promise<Answer>

/** A simulator whose clock stands still, with ways to ask it. */
export interface Stage {
  readonly simulator: Simulator
  readonly send: (address: string, asked?: Asked) => Promise<Answer>
  /** Jira and Confluence of the first site through the gateway, as that person. */
  readonly jira: (person: string, scopes?: readonly string[]) => Ask
  readonly wiki: (person: string, scopes?: readonly string[]) => Ask
  /** The first site's own address, without credentials. */
  readonly anonymous: Ask
  /** The first site's own address with an API token. */
  readonly onSite: (person: string) => Ask
}

async function read(response: Response): Promise<Answer> {
  const { status, headers } = response
  const text = await response.text()
  const isJson = headers.get('content-type')?.includes('json') === true && text !== ''
  return { status, headers, text, body: isJson ? JSON.parse(text) : undefined }
}

export function stage(options: SimulatorOptions = {}): Stage {
  const simulator = createSimulator({ now: () => morning, ...options })
  const send: Stage['send'] = async (
    address,
    { method = 'GET', query = {}, body, raw, form, headers = {} } = {},
  ) => {
    const url = new URL(address)
    for (const [name, value] of Object.entries(query)) url.searchParams.append(name, String(value))
    const content = raw ?? form ?? (body === undefined ? undefined : JSON.stringify(body))
    const type = content === undefined || form ? {} : { 'content-type': 'application/json' }
    const request = new Request(url, {
      method,
      headers: { ...type, ...headers },
      redirect: 'manual',
      ...(content !== undefined && { body: content }),
    })
    return read(await simulator.fetch(request))
  }
  const through = (product: string, token: string): Ask => {
    const authorization = `Bearer ${token}`
    return (path, asked = {}) =>
      send(`https://api.atlassian.com/ex/${product}/${brightwater}${path}`, {
        ...asked,
        // Experimental operations of service management want to hear this.
        headers: { authorization, 'x-experimentalapi': 'opt-in', ...asked.headers },
      })
  }
  const as =
    (product: string) =>
    (person: string, scopes?: readonly string[]): Ask =>
      through(product, simulator.tokenFor(person, { ...(scopes && { scopes }) }))
  const site = 'https://brightwater-demo.atlassian.net'
  return {
    simulator,
    send,
    jira: as('jira'),
    wiki: as('confluence'),
    anonymous: (path, asked) => send(`${site}${path}`, asked),
    onSite: (person) => {
      const { email, apiToken } = simulator.people.find(({ id }) => id === person) ?? {
        email: '',
        apiToken: '',
      }
      const authorization = `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`
      return (path, asked = {}) =>
        send(`${site}${path}`, { ...asked, headers: { authorization, ...asked.headers } })
    },
  }
}

/** The member with the addresses, which lint would not have us name. */
export const linksIn = (body: Json): Json => body['_links']

/** A short document. */
export const words = (text: string): Json => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})

export const callback = 'http://127.0.0.1:3333/callback'

/** The address that begins a sign-in. */
export function authorizeUrl(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const url = new URL('https://auth.atlassian.com/authorize')
  const members = {
    audience: 'api.atlassian.com',
    client_id: demoApp.clientId,
    scope: 'read:me read:jira-work read:page:confluence offline_access',
    redirect_uri: callback,
    state: 'a-state',
    response_type: 'code',
    prompt: 'consent',
    ...changes,
  }
  for (const [name, value] of Object.entries(members))
    if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}

const unescape = (text: string): string =>
  text
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')

/** Sends one of our forms. */
export async function submit(
  { simulator }: Pick<Stage, 'simulator'>,
  path: string,
  fields: readonly (readonly [string, string])[],
): Promise<Answer> {
  const body = new URLSearchParams()
  for (const [name, value] of fields) body.append(name, value)
  const request = new Request(`https://auth.atlassian.com${path}`, {
    method: 'POST',
    body,
    redirect: 'manual',
  })
  return read(await simulator.fetch(request))
}

/** Signs a person in as a browser would, and gives back where the browser is sent. */
export async function signIn(
  at: Stage,
  person: string,
  {
    url = authorizeUrl(),
    decision = 'accept',
    sites,
  }: { readonly url?: string; readonly decision?: string; readonly sites?: readonly string[] } = {},
): Promise<URL> {
  const first = await at.send(url)
  const request = unescape(/name="request" value="([^"]*)"/.exec(first.text)?.[1] ?? '')
  const { accountId } = at.simulator.people.find(({ id }) => id === person) ?? { accountId: '' }
  const second = await submit(at, '/simulator/sign-in', [
    ['request', request],
    ['person', accountId],
  ])
  const offered = [...second.text.matchAll(/name="site" value="([^"]+)"/g)].map(([, id = '']) => id)
  const third = await submit(at, '/simulator/consent', [
    ['request', request],
    ['person', accountId],
    ['decision', decision],
    ...(sites ?? offered).map((site): readonly [string, string] => ['site', site]),
  ])
  return new URL(third.headers.get('location') ?? 'about:blank')
}

/** Asks the token endpoint. */
export function askToken(at: Stage, body: Readonly<Record<string, unknown>>): Promise<Answer> {
  const client = { client_id: demoApp.clientId, client_secret: demoApp.clientSecret }
  return at.send('https://auth.atlassian.com/oauth/token', { method: 'POST', body: { ...client, ...body } })
}

/** A whole sign-in, up to the tokens. */
export async function tokensOf(at: Stage, person: string, scope?: string): Promise<Json> {
  const back = await signIn(at, person, { url: authorizeUrl(scope === undefined ? {} : { scope }) })
  const code = back.searchParams.get('code')
  const { body } = await askToken(at, { grant_type: 'authorization_code', code, redirect_uri: callback })
  return body
}
