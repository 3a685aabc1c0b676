/**
 * Stands between the client scenarios of the conformance suite and a program that speaks MCP on stdio: starts the
 * program with the address of the scenario's server, and does what a host would do.
 *
 * Usage, by the suite: node conformance-driver.ts COMMAND [ARGUMENT...] -- URL
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Heard } from './stdio-host.ts'
import { startStdioHost, within } from './stdio-host.ts'

/** Milliseconds that a scenario may take. */
const deadlineMs = 25_000

interface Context {
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: object }[]
  readonly client_id?: string
  readonly client_secret?: string
}

const context: Context = JSON.parse(process.env['MCP_CONFORMANCE_CONTEXT'] ?? '{}')
const [program = '', ...rest] = process.argv.slice(2)
const url = rest.at(-1) ?? ''
const given = [...rest.slice(0, -1), url]
const home = mkdtempSync(join(process.env['CONFORMANCE_HOMES'] ?? tmpdir(), 'home-'))
const host = startStdioHost({
  command: [program, ...given, ...optionsFor(context)],
  environment: { ...process.env, HOME: home, XDG_STATE_HOME: home, BROWSER: browser(), DISPLAY: ':0' },
  errors: join(home, 'stderr.log'),
  onMessage: answer,
})

/** What the scenario says of a client that is registered already. The document's address is the suite's own. */
function optionsFor({ client_id: id, client_secret: secret }: Context): readonly string[] {
  const document = ['--client-metadata-url', 'https://conformance-test.local/client-metadata.json']
  if (id === undefined) return document
  const client = JSON.stringify({ client_id: id, ...(secret && { client_secret: secret }) })
  const isMachine = process.env['MCP_CONFORMANCE_SCENARIO'] === 'auth/client-credentials-basic'
  return ['--static-oauth-client-info', client, ...(isMachine ? ['--client-credentials'] : [])]
}

/** A browser whose person agrees after a moment, as the program has long returned. */
function browser(): string {
  const path = join(home, 'browser')
  mkdirSync(home, { recursive: true })
  const follow = '( sleep 0.3; exec curl -sL -o /dev/null --max-time 8 "$1" ) </dev/null >/dev/null 2>&1 &'
  writeFileSync(path, `#!/bin/sh\n${follow}\n`, { mode: 0o755 })
  return path
}

function leave(code: number): never {
  host.kill()
  process.exit(code)
}

/** What a host does with the requests of a server: takes the defaults, and has nothing else. */
function answer({ id, method, params }: Heard): void {
  if (id === undefined) return
  if (method === 'ping') return host.send({ id, result: {} })
  if (method !== 'elicitation/create') {
    return host.send({ id, error: { code: -32_601, message: 'This host has no such thing.' } })
  }
  const content = sample({ ...objectOf(params?.['requestedSchema']), type: 'object' }, [])
  return host.send({ id, result: { action: 'accept', content } })
}

type Json = Readonly<Record<string, unknown>>

function objectOf(value: unknown): Json {
  // oxlint-disable-next-line no-unsafe-type-assertion -- any object of JSON is one of unknown members
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** A value that a schema takes, good enough for the servers of the suite. */
function sample(schema: Json, tools: readonly Json[]): unknown {
  const { type, default: preset, enum: choices } = schema
  if (preset !== undefined) return preset
  if (Array.isArray(choices)) return choices[0]
  if (type === 'object' || schema['properties'] !== undefined) {
    const members = Object.entries(objectOf(schema['properties'])).map(([name, member]) => [
      name,
      name === 'schema' ? tools[0]?.['inputSchema'] : sample(objectOf(member), tools),
    ])
    return Object.fromEntries(members)
  }
  const samples: Json = { number: 3, integer: 3, boolean: true, array: [] }
  return typeof type === 'string' && Object.hasOwn(samples, type) ? samples[type] : 'us-west1'
}

function listIn({ result }: Heard, member: string): readonly Json[] {
  const list = result?.[member]
  return Array.isArray(list) ? list.map(objectOf) : []
}

async function play(): Promise<void> {
  const capabilities = { elicitation: { form: { applyDefaults: true } } }
  const clientInfo = { name: 'conformance-driver', version: '1' }
  await host.request('initialize', { protocolVersion: '2025-11-25', capabilities, clientInfo })
  host.send({ method: 'notifications/initialized' })
  const tools = listIn(await host.request('tools/list'), 'tools')
  const wanted =
    context.toolCalls ??
    tools.map((tool) => ({
      name: tool['name'],
      arguments: sample({ ...objectOf(tool['inputSchema']), type: 'object' }, tools),
    }))
  for (const call of wanted) await host.request('tools/call', call)
  const [resource] = listIn(await host.request('resources/list'), 'resources')
  if (resource) await host.request('resources/read', { uri: resource['uri'] })
  const [prompt] = listIn(await host.request('prompts/list'), 'prompts')
  if (prompt) await host.request('prompts/get', { name: prompt['name'] })
  host.end()
  await host.exited
}

const ended = await within(deadlineMs, Promise.race([play().then(() => true), host.exited.then(() => true)]))
leave(ended ? 0 : 3)
