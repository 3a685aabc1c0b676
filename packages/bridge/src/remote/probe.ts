import { BridgeError, isBridgeError } from '../bridge-error.ts'
import { textsIn } from '../json/object.ts'
import { HttpError } from '../network/http-error.ts'
import type { HostIdentity } from '../revisions.ts'
import { legacyRevisions, metaKeys, modernRevision } from '../revisions.ts'
import type { ServerDescription } from '../server-description.ts'
import { readDescription } from '../server-description.ts'
import { ask } from './ask.ts'
import type { ExchangeOptions } from './exchange.ts'

/** Which era a server speaks. */
export type Verdict =
  | { readonly era: 'legacy' }
  | { readonly era: 'modern'; readonly known: ServerDescription }

/** Milliseconds that a server may take to say its era. Some servers of the legacy era never answer what they do not know. */
const patienceMs = 10_000

/** The error of revision 2026-07-28 that lists the revisions a server speaks. */
const unsupportedRevision = -32_022

/**
 * Asks a server for its era by `server/discover`. What is not an answer of the modern era means legacy, except for
 * refusals and failures that say nothing of an era (401, 403, 5xx, no connection): those are thrown.
 */
export async function probe(
  { host, id, signal }: { readonly host: HostIdentity; readonly id: string; readonly signal: AbortSignal },
  options: Omit<ExchangeOptions, 'remote'>,
): Promise<Verdict> {
  const params = `{"_meta":${stampText(host)}}`
  try {
    const question = {
      id,
      method: 'server/discover',
      params,
      headers: { 'mcp-protocol-version': modernRevision },
      silenceMs: patienceMs,
      signal,
    }
    const reply = await ask(question, { ...options, remote: noRemote })
    if (reply.ok) {
      const revisions = textsIn(reply.result, 'supportedVersions') ?? []
      if (revisions.includes(modernRevision)) return { era: 'modern', known: readDescription(reply.result) }
      return legacyAmong(revisions, options.endpoint.url)
    }
    if (reply.code === unsupportedRevision) {
      return legacyAmong(textsIn(reply.data, 'supported') ?? [], options.endpoint.url)
    }
    return { era: 'legacy' }
  } catch (error) {
    if (isBridgeError(error, 'refused') && error.status !== undefined && error.status !== 403) {
      return { era: 'legacy' }
    }
    if (error instanceof Error && error.cause instanceof HttpError && error.cause.code === 'silent') {
      return { era: 'legacy' }
    }
    throw error
  }
}

/** A server that names only revisions unknown to us cannot be talked to. One that names none is taken as legacy. */
function legacyAmong(revisions: readonly string[], { host }: URL): Verdict {
  if (revisions.length === 0 || revisions.some((revision) => legacyRevisions.includes(revision)))
    return { era: 'legacy' }
  const message = `${host} speaks only revisions of MCP that this proxy does not know (${revisions.slice(0, 5).join(', ')}). Update the proxy.`
  throw new BridgeError('unsupported', message)
}

/** The members of `_meta` that each modern request carries, as raw JSON. */
export function stampText({ clientInfo, capabilities }: HostIdentity, logLevel?: string): string {
  const members = [
    `${JSON.stringify(metaKeys.protocolVersion)}:${JSON.stringify(modernRevision)}`,
    `${JSON.stringify(metaKeys.clientCapabilities)}:${capabilities}`,
    ...(clientInfo === undefined ? [] : [`${JSON.stringify(metaKeys.clientInfo)}:${clientInfo}`]),
    ...(logLevel === undefined ? [] : [`${JSON.stringify(metaKeys.logLevel)}:${JSON.stringify(logLevel)}`]),
  ]
  return `{${members.join(',')}}`
}

/** Before there is a connection: no headers, nothing to open anew. */
export const noRemote: ExchangeOptions['remote'] = {
  era: 'legacy',
  revision: '',
  transport: 'http',
  known: { capabilities: {}, serverInfo: {} },
  headers: () => ({}),
  reopened: async () => false,
  canResume: () => false,
  close: async () => undefined,
}
