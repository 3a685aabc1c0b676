import { createHash, randomBytes } from 'node:crypto'

import { expect } from 'vitest'
import * as z from 'zod'

import { formWith } from './forms.ts'
import type { Page } from './forms.ts'
import type { World } from './world.ts'

const redirectUri = 'http://localhost:7777/callback'
const Registered = z.object({ client_id: z.string() })
const Tokens = z.object({ access_token: z.string(), refresh_token: z.string() })
const Answer = z.object({
  id: z.number(),
  result: z
    .object({ content: z.array(z.object({ text: z.string().default('') })), isError: z.boolean().optional() })
    .optional(),
  error: z.object({ message: z.string() }).optional(),
})

/** What a tool said. */
interface Said {
  readonly id: number
  readonly text: string
  readonly isError: boolean
}

/** Somebody who is connected by a client of their own. */
export interface Connected {
  readonly accessToken: string
  readonly refreshToken: string
  /** Every secret that was minted on the way, by what it is. */
  readonly secrets: ReadonlyMap<string, string>
  readonly post: (message: object, more?: Readonly<Record<string, string>>) => Promise<Response>
  readonly call: (tool: string, input: object, id?: number) => Promise<Said>
  readonly refresh: () => Promise<Response>
}

/** Registers a client and signs somebody in, as browser and client would. */
export async function connect(
  world: World,
  person: string,
  { access = 'write' }: { readonly access?: string } = {},
): Promise<Connected> {
  const secrets = new Map<string, string>()
  const registered = await world.send(
    new Request(`${world.origin}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_name: `Client of ${person}`, redirect_uris: [redirectUri] }),
    }),
  )
  const { client_id: clientId } = Registered.parse(await registered.json())
  const verifier = randomBytes(32).toString('base64url')
  secrets.set('verifier', verifier)
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: 'state of the client',
    resource: `${world.origin}/mcp`,
  })
  const code = await walk(world, `${world.origin}/authorize?${query.toString()}`, { person, access, secrets })
  secrets.set('code', code)
  const token = (fields: Readonly<Record<string, string>>): Promise<Response> =>
    world.send(
      new Request(`${world.origin}/token`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: clientId, ...fields }),
      }),
    )
  const redeemed = await token({
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
  })
  const tokens = Tokens.parse(await redeemed.json())
  secrets.set('access token', tokens.access_token).set('refresh token', tokens.refresh_token)

  const post: Connected['post'] = (message, more = {}) =>
    world.send(
      new Request(`${world.origin}/mcp`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tokens.access_token}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': '2025-11-25',
          ...more,
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
      }),
    )
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    secrets,
    post,
    async call(tool, input, id = 1) {
      const message = { id, method: 'tools/call', params: { name: tool, arguments: input } }
      const response = await post(message)
      const body: unknown = await response.json()
      expect({ status: response.status, body }).toMatchObject({ status: 200 })
      const answer = Answer.parse(body)
      const { content = [], isError = false } = answer.result ?? {}
      const text = answer.error?.message ?? content.map((block) => block.text).join('\n')
      return { id: answer.id, text, isError: isError || answer.error !== undefined }
    },
    refresh: () => token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token }),
  }
}

interface Walk {
  readonly person: string
  readonly access: string
  readonly secrets: Map<string, string>
}

/** Presses what a person presses, from the client's request to its redirect address. Gives the code. */
async function walk(world: World, start: string, { person, access, secrets }: Walk): Promise<string> {
  const cookies = new Map<string, string>()

  async function visit(first: Request): Promise<Page> {
    let request = first
    for (let hop = 0; hop < 20; hop += 1) {
      const own = request.url.startsWith(world.origin)
      const pairs = [...cookies].map(([name, value]) => `${name}=${value}`)
      if (own) request.headers.set('cookie', pairs.join('; '))
      const response = own ? await world.send(request) : await fetch(request, { redirect: 'manual' })
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        cookies.set(name, value)
        if (value !== '') secrets.set(`cookie ${name}`, value)
      }
      const location = response.headers.get('location')
      if (location === null) return { url: new URL(request.url), body: await response.text() }
      const next = new URL(location, request.url)
      const state = next.searchParams.get('state')
      if (state !== null && !next.href.startsWith(redirectUri)) secrets.set('state', state)
      if (next.pathname === '/callback') secrets.set('upstream code', next.searchParams.get('code') ?? '')
      if (next.href.startsWith(redirectUri)) return { url: next, body: '' }
      request = new Request(next)
    }
    throw new Error('The redirects go round in a circle')
  }

  const name = world.simulator.people.find(({ id }) => id === person)?.name ?? person
  let page = await visit(new Request(start))
  for (let step = 0; step < 6 && !page.url.href.startsWith(redirectUri); step += 1) {
    const label = page.body.includes('/simulator/sign-in')
      ? new RegExp(`^${name}`)
      : /^(Continue|Accept|Allow)/
    const { action, fields } = formWith(page, label, { access })
    const headers = { origin: 'null', 'sec-fetch-site': 'same-origin' }
    page = await visit(new Request(action, { method: 'POST', body: fields, headers }))
  }
  const code = page.url.searchParams.get('code')
  if (code === null) throw new Error(`The sign-in of ${name} ended at ${page.url.href}: ${page.body}`)
  return code
}
