import type { Random } from '../world/random.ts'
import type { Reply } from './reply.ts'

/** Which service answers; they differ in content type and caching. */
export type Service = 'jira' | 'confluence' | 'gateway' | 'resources' | 'token' | 'page'

/** Content type of JSON and cache-control of each service (recorded; Confluence's caching inferred). */
const manners: Record<Service, { readonly type: string; readonly cache?: string }> = {
  jira: { type: 'application/json;charset=UTF-8', cache: 'no-cache, no-store, no-transform' },
  confluence: { type: 'application/json', cache: 'no-cache, no-store, no-transform' },
  gateway: { type: 'application/json' },
  resources: { type: 'application/json; charset=utf-8' },
  token: { type: 'application/json', cache: 'no-cache, no-store, max-age=0, must-revalidate' },
  page: { type: 'text/html;charset=UTF-8', cache: 'no-store' },
}

/** What every answer carries (recorded, F-HDR-08 to 11). */
const always = {
  server: 'AtlassianEdge',
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  'timing-allow-origin': '*',
  'x-content-type-options': 'nosniff',
  'x-xss-protection': '1; mode=block',
  vary: 'Accept-Encoding',
  'server-timing':
    'atl-edge;dur=28,atl-edge-internal;dur=4,atl-edge-upstream;dur=24,atl-edge-pop;desc="simulator"',
}

const uuidForm = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** Turns what a handler said into a response with the headers of its service. */
export function toResponse(
  reply: Reply,
  {
    service,
    random,
    accountId,
  }: { readonly service: Service; readonly random: Random; readonly accountId?: string },
): Response {
  const { type, cache } = manners[service]
  const chance = Buffer.from(random.bytes('trace', 32)).toString('hex')
  const trace = chance.slice(0, 32)
  const body = reply.bytes ?? reply.text ?? (reply.body === undefined ? null : JSON.stringify(reply.body))
  const headers: Record<string, string> = {
    ...always,
    'x-arequestid': chance.slice(32),
    'atl-traceid': trace,
    'atl-request-id': uuidForm(trace),
    ...(cache !== undefined && { 'cache-control': cache }),
    ...(accountId !== undefined && { 'x-aaccountid': encodeURIComponent(accountId) }),
    // Jira gives its answers without a body a content type too (recorded); Confluence's have none.
    ...((body !== null || service === 'jira') && { 'content-type': type }),
    ...reply.headers,
  }
  return new Response(body, { status: reply.status, headers })
}
