import { createBoundedMap } from '../bounded-map.ts'
import { refuse, type Refusal } from '../errors.ts'
import type { AuthEvent } from '../events.ts'
import type { GuardedFetch } from '../guarded-fetch.ts'
import type { Policy } from '../policy.ts'
import type { CimdRecord, ClientMetadata, Timestamp } from '../records.ts'
import type { AuthStore } from '../store.ts'
import type { Client } from './client.ts'
import { readMetadata } from './metadata.ts'

/** What documents rest on. */
export interface DocumentSource {
  readonly store: Pick<AuthStore, 'getCimd' | 'putCimd' | 'takeToken'>
  readonly fetch: GuardedFetch
  readonly policy: Policy
  readonly now: () => Timestamp
  readonly observe: (event: AuthEvent) => void
}

/** For whom a client is looked up. */
export interface Lookup {
  /** Whose budget a document that was not seen before is charged to. */
  readonly address: string
  /** Whether an old document will do when its address does not answer: for tokens that are out already. */
  readonly mayBeStale: boolean
}

/** Finds a client by the address of its metadata document. */
export type FindDocument = (
  url: string,
  lookup: Lookup,
) => Promise<{ readonly ok: true; readonly client: Client } | Refusal>

const limits = { bytes: 10 * 1024, timeoutMs: 3000 }
const minute = 60_000
const day = 86_400_000
const negativeMs = 30_000
const form = /^https:\/\/(?<host>[A-Za-z0-9.-]{1,253})(?::\d{1,5})?(?<path>\/[\u0021-\u007E]*)$/
const dots = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$|\?)/i

/**
 * Whether a client id has the form of a document's address: `https`, a host name, a path, no credentials, no fragment,
 * no dot segments, at most 512 characters. It is compared as text from here on.
 *
 * @see draft-ietf-oauth-client-id-metadata-document section 3
 */
function isDocumentAddress(id: string): boolean {
  if (id.length > 512 || id.includes('\\') || id.includes('#')) return false
  const path = form.exec(id)?.groups?.['path']
  return path !== undefined && !dots.test(path)
}

/**
 * Looks documents up: in memory, in the store, then at their address, once at a time for each address. Failures are
 * remembered for 30 s, and look the same whatever they were. When an address does not answer, clients that have
 * tokens keep working with the document seen last.
 */
export function createDocumentSource({ store, fetch, policy, now, observe }: DocumentSource): FindDocument {
  const known = createBoundedMap<CimdRecord>(policy.cacheEntries)
  const failed = createBoundedMap<Timestamp>(policy.cacheEntries)
  const underway = new Map<string, Promise<CimdRecord | Refusal>>()
  const refusal = refuse('client_document')

  async function recall(url: string): Promise<CimdRecord | undefined> {
    const record = known.get(url) ?? (await store.getCimd(url, now()))
    if (record !== undefined) known.set(url, record)
    return record
  }

  async function load(url: string, address: string): Promise<CimdRecord | Refusal> {
    const kept = await store.getCimd(url, now())
    if (kept === undefined) {
      const budget = await store.takeToken(`cimd:${address}`, policy.documentsPerAddress, now())
      if (!budget.ok) return refuse('rate_limited', { retryAfterMs: budget.retryAfterMs })
    } else if (kept.freshUntil > now()) {
      known.set(url, kept)
      return kept
    }
    const answer = await fetch(url, limits)
    const metadata = answer.ok ? readDocument(answer.document.text, url, policy) : undefined
    observe({
      type: 'document_fetched',
      clientId: url,
      ...(!answer.ok ? { refusal: answer.reason } : metadata === undefined && { refusal: 'invalid' }),
    })
    if (!answer.ok || metadata === undefined) {
      failed.set(url, now() + negativeMs)
      return refusal
    }
    const record: CimdRecord = {
      url,
      metadata,
      fetchedAt: now(),
      freshUntil: now() + lifeOf(answer.document.headers.get('cache-control') ?? ''),
      expiresAt: now() + policy.refreshIdleMs,
    }
    await store.putCimd(record)
    known.set(url, record)
    return record
  }

  async function refresh(url: string, address: string): Promise<CimdRecord | Refusal> {
    if ((failed.get(url) ?? 0) > now()) return refusal
    const running = underway.get(url)
    if (running !== undefined) return running
    const work = load(url, address).finally(() => underway.delete(url))
    underway.set(url, work)
    return work
  }

  return async (url, { address, mayBeStale }) => {
    if (!isDocumentAddress(url) || !isWelcome(url, policy)) return refusal
    const kept = known.get(url)
    if (kept !== undefined && kept.freshUntil > now()) return asClient(kept, policy)
    const fresh = await refresh(url, address)
    if (!('ok' in fresh)) return asClient(fresh, policy)
    const stale = mayBeStale ? await recall(url) : undefined
    return stale === undefined ? fresh : asClient(stale, policy)
  }
}

function asClient(
  { url, metadata }: CimdRecord,
  policy: Policy,
): { readonly ok: true; readonly client: Client } {
  const { host } = new URL(url)
  const origin = { kind: 'document', host, known: policy.knownHosts.includes(host) } as const
  return { ok: true, client: { id: url, metadata, origin, introspects: [] } }
}

const isWelcome = (url: string, { documents }: Policy): boolean =>
  documents === 'open' || (documents !== 'off' && documents.hosts.includes(new URL(url).host))

function readDocument(body: string, url: string, policy: Policy): ClientMetadata | undefined {
  const description = parseObject(body)
  if (description === undefined) return undefined
  if (description['client_id'] !== url || 'client_secret' in description) return undefined
  if (typeof description['client_name'] !== 'string') return undefined
  const host = new URL(url).host
  const hosts = new Set([host, ...(policy.redirectHosts[host] ?? [])])
  const read = readMetadata(description, {
    schemes: policy.redirectSchemes,
    methods: ['none', 'private_key_jwt'],
    fallbackName: host,
    allowsRedirect(redirectUri) {
      const { protocol, host: target } = new URL(redirectUri)
      return protocol !== 'https:' || hosts.has(target)
    },
  })
  return read.ok ? read.metadata : undefined
}

function parseObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    // Not JSON: no document.
    return undefined
  }
}

/** How long a document may be kept: what it says, within a minute and a day. Silence is a minute. */
function lifeOf(cacheControl: string): number {
  const seconds = /(?:^|[\s,])max-age=(?<seconds>\d{1,9})/i.exec(cacheControl)?.groups?.['seconds']
  return Math.min(Math.max(Number(seconds ?? 0) * 1000, minute), day)
}
