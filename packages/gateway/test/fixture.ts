import { createProtectedResource } from '@telamon/oauth/resource'
import type { Verdict } from '@telamon/oauth/resource'
import { createMcp, createRegistry, toolFactory, toolset } from '@telamon/tool-registry'
import type { McpEvent, Registry } from '@telamon/tool-registry'
import * as z from 'zod'

import { createGateway } from '../src/index.ts'
import type { Gateway, GatewayEvent, GatewayOptions } from '../src/index.ts'

export const origin = 'https://mcp.example.com'
export const peer = { address: '203.0.113.7' }

const scopes = {
  minimal: ['jira:read', 'confluence:read'],
  useful: ['jira:read', 'jira:write', 'confluence:read', 'confluence:write'],
}

export interface Notes {
  readonly notes: { readonly write: (text: string) => Promise<void> }
}

const define = toolFactory<Notes>()

const readNote = define({
  name: 'readNote',
  title: 'Read a note',
  description: 'Reads.',
  tier: 'read',
  product: 'jira',
  uses: [],
  input: z.strictObject({}),
  run: async (_input, _services, { person }) => ({ text: `A note of ${person.label}.` }),
})

const writeNote = define({
  name: 'writeNote',
  title: 'Write a note',
  description: 'Writes.',
  tier: 'write',
  product: 'jira',
  uses: [],
  input: z.strictObject({ text: z.string() }),
  async run({ text }, { notes }, { signal }) {
    signal.throwIfAborted()
    await notes.write(text)
    return { text: 'Written.' }
  },
})

const slowNote = define({
  name: 'slowNote',
  title: 'Write slowly',
  description: 'Reports progress.',
  tier: 'write',
  product: 'confluence',
  uses: [],
  reportsProgress: true,
  input: z.strictObject({}),
  async run(_input, { notes }, { progress }) {
    progress?.({ progress: 1, total: 2 })
    await notes.write('slow')
    return { text: 'Done.' }
  },
})

const registry: Registry<Notes> = createRegistry([
  toolset({ id: 'notes', title: 'Notes', description: 'Notes.', tools: [readNote, writeNote] }),
  toolset({ id: 'slow', title: 'Slow', description: 'Slow notes.', tools: [slowNote] }),
])

/** Tokens that are good, by what they are good for. */
const tokens = {
  ann: {
    subject: 'ann',
    label: 'Ann',
    scopes: ['jira:read', 'jira:write', 'confluence:read', 'confluence:write'],
  },
  reader: { subject: 'reader', label: 'Reader', scopes: ['jira:read'] },
} as const

function verifier(): (token: string, resource: string) => Promise<Verdict> {
  return async (token, resource) => {
    if (token === 'store-away') throw new Error('The store is away.')
    if (token !== 'ann' && token !== 'reader') return { ok: false, reason: 'unknown' }
    const { subject, label, scopes: granted } = tokens[token]
    const grant = {
      grantId: `grant-${subject}`,
      clientId: 'client-1',
      subject,
      label,
      scopes: [...granted],
      choices: ['site-1'],
      resource,
      expiresAt: Date.now() + 60_000,
    }
    return { ok: true, grant }
  }
}

export function resourceAt(path: string, base: string = origin) {
  return createProtectedResource({ resource: `${base}${path}`, issuer: base, scopes, verify: verifier() })
}

export interface Served {
  readonly gateway: Gateway
  readonly events: GatewayEvent[]
  readonly mcpEvents: McpEvent[]
  /** What the authorization server was asked for. */
  readonly asked: string[]
  readonly written: string[]
  readonly send: (request: Request) => Promise<Response>
}

/** A gateway with everything behind it in this process. */
export function served(changes: Partial<GatewayOptions<Notes>> = {}): Served {
  const events: GatewayEvent[] = []
  const mcpEvents: McpEvent[] = []
  const asked: string[] = []
  const written: string[] = []
  const mcp = createMcp({
    name: 'notes',
    version: '1',
    registry,
    observe: (event) => void mcpEvents.push(event),
  })
  const gateway = createGateway<Notes>({
    url: origin,
    mcp,
    resource: resourceAt('/mcp'),
    also: { '/v1/mcp': resourceAt('/v1/mcp') },
    authorization: {
      async fetch(request) {
        const { pathname } = new URL(request.url)
        asked.push(`${request.method} ${pathname}`)
        return pathname === '/authorize' || pathname.startsWith('/.well-known/oauth-authorization-server')
          ? Response.json({ issuer: origin })
          : undefined
      },
    },
    services: () => ({ notes: { write: async (text) => void written.push(text) } }),
    observe: (event) => void events.push(event),
    now: () => 0,
    ...changes,
  })
  return { gateway, events, mcpEvents, asked, written, send: (request) => gateway.fetch(request, peer) }
}

export interface CallOptions {
  readonly path?: string
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** A request to MCP, signed in as Ann unless told otherwise. */
export function mcpRequest(method: string, params: object = {}, options: CallOptions = {}): Request {
  const { path = '/mcp', headers = {}, body = { jsonrpc: '2.0', id: 1, method, params }, signal } = options
  const token = 'token' in options ? options.token : 'ann'
  return new Request(`${origin}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })
}

/** Calls a tool. */
export function toolCall(name: string, args: object = {}, options: CallOptions = {}): Request {
  return mcpRequest('tools/call', { name, arguments: args }, options)
}

const Listed = z.object({ result: z.object({ tools: z.array(z.object({ name: z.string() })) }) })

/** The names in an answer to `tools/list`. */
export async function namesIn(response: Response): Promise<readonly string[]> {
  return Listed.parse(await response.json()).result.tools.map(({ name }) => name)
}
