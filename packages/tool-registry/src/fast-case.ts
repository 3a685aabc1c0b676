import * as z from 'zod'

import type { ExchangedCall } from './exchange.ts'
import { isJsonObject, legacyRevisions, metaKeys, modernRevision } from './wire.ts'
import type { JsonObject, WireRequest } from './wire.ts'

/** What the fast path answers by itself. */
export type FastCase<Services> =
  | { readonly kind: 'list' }
  | { readonly kind: 'ping' }
  | { readonly kind: 'call'; readonly call: ExchangedCall<Services> }

/** A request with all that decides whether the fast path may answer it. */
export interface FastQuestion<Services> {
  readonly headers: Headers
  readonly message: WireRequest
  /** Present when the message calls a tool that this visit may call. */
  readonly call: ExchangedCall<Services> | undefined
}

/**
 * Recognises the three requests that nearly all traffic consists of, when they are so well-formed that the SDK would
 * have answered them with nothing but the result. Declines everything else, and has no effect either way.
 */
export function fastCase<Services>(question: FastQuestion<Services>): FastCase<Services> | undefined {
  const { headers, message } = question
  if (!plainTransport(headers)) return undefined
  if (!(message.era === 'modern' ? plainModern(headers, message) : plainLegacy(headers, message)))
    return undefined
  const { method, params } = message
  if (method === 'tools/call') return callCase(question)
  if (!only(params, onlyMeta)) return undefined
  if (method === 'tools/list') return { kind: 'list' }
  return method === 'ping' && message.era === 'legacy' ? { kind: 'ping' } : undefined
}

const onlyMeta: ReadonlySet<string> = new Set(['_meta'])
const callMembers: ReadonlySet<string> = new Set(['_meta', 'name', 'arguments'])
const contentTypes: ReadonlySet<string> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
])

function callCase<Services>({
  message: { params },
  call,
}: FastQuestion<Services>): FastCase<Services> | undefined {
  const { _meta: meta, arguments: given } = params
  if (call === undefined || !only(params, callMembers)) return undefined
  if (given !== undefined && (!isJsonObject(given) || Object.hasOwn(given, '__proto__'))) return undefined
  const listens = isJsonObject(meta) && meta['progressToken'] !== undefined
  if (listens && call.resolved.tool.reportsProgress === true) return undefined
  return { kind: 'call', call }
}

function plainTransport(headers: Headers): boolean {
  const accept = headers.get('accept') ?? ''
  const both = accept.includes('application/json') && accept.includes('text/event-stream')
  return (
    contentTypes.has((headers.get('content-type') ?? '').toLowerCase()) && (both || accept.includes('*/*'))
  )
}

function plainModern(headers: Headers, { method, params }: WireRequest): boolean {
  const { _meta: meta } = params
  const name = method === 'tools/call' ? params['name'] : null
  return (
    headers.get('mcp-protocol-version') === modernRevision &&
    headers.get('mcp-method') === method &&
    (name === null || headers.get('mcp-name') === name) &&
    ModernMeta.safeParse(meta).success
  )
}

function plainLegacy(headers: Headers, { params }: WireRequest): boolean {
  const revision = headers.get('mcp-protocol-version')
  const meta = params['_meta']
  return (
    (revision === null || legacyRevisions.includes(revision)) &&
    (meta === undefined || LegacyMeta.safeParse(meta).success)
  )
}

function only(params: JsonObject, members: ReadonlySet<string>): boolean {
  return Object.keys(params).every((key) => members.has(key))
}

const progressToken = z.union([z.string(), z.int()]).optional()
const anyObject = z.record(z.string(), z.unknown())

/** Never wider than the schema of the revision: what it leaves out is declined, and the SDK looks at it. */
const ModernMeta = z.looseObject({
  progressToken,
  [metaKeys.protocolVersion]: z.literal(modernRevision),
  [metaKeys.clientInfo]: z
    .strictObject({
      name: z.string(),
      version: z.string(),
      title: z.string().optional(),
      description: z.string().optional(),
      websiteUrl: z.string().optional(),
    })
    .optional(),
  [metaKeys.clientCapabilities]: z.strictObject({
    experimental: z.record(z.string(), anyObject).optional(),
    extensions: z.record(z.string(), anyObject).optional(),
    sampling: z.strictObject({ context: anyObject.optional(), tools: anyObject.optional() }).optional(),
    elicitation: z
      .strictObject({
        form: z.strictObject({ applyDefaults: z.boolean().optional() }).optional(),
        url: z.strictObject({}).optional(),
      })
      .optional(),
    roots: z.strictObject({ listChanged: z.boolean().optional() }).optional(),
  }),
  [metaKeys.logLevel]: z.undefined().optional(),
  [metaKeys.relatedTask]: z.undefined().optional(),
})

const LegacyMeta = z.looseObject({ progressToken, [metaKeys.relatedTask]: z.undefined().optional() })
