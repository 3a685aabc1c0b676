import type { Limiter } from '@telamon/rate-limiter'
import type { Mcp, ServiceCall } from '@telamon/tool-registry'

import { corsFields, preflight } from './cors.ts'
import type { Named } from './endpoints.ts'
import type { RefusedBecause } from './events.ts'
import { guardHost, guardMethod, guardOrigin } from './guard.ts'
import type { GuardOptions } from './guard.ts'
import { admissionOf, unlimited } from './inbound.ts'
import type { Inbound } from './inbound.ts'
import type { Peer } from './peer.ts'
import { personOf } from './person.ts'
import { json, problem, withHeaders } from './replies.ts'
import { readSelection } from './selection.ts'

/** What the MCP endpoint is made of. */
export interface McpEndpointOptions<Services> extends GuardOptions {
  readonly mcp: Pick<Mcp<Services>, 'fetch'>
  readonly services: (call: ServiceCall) => Promise<Services> | Services
  readonly inbound?: Inbound
}

/** An answer, with what an operator may know about whom it went to. */
export interface Answered {
  readonly response: Response
  readonly subject?: string
  readonly grantId?: string
  readonly clientId?: string
  readonly refused?: RefusedBecause
}

/** A request to the MCP endpoint. */
export interface McpRequest {
  readonly request: Request
  readonly url: URL
  readonly peer: Peer
  readonly named: Named
}

const methods = ['POST', 'GET', 'DELETE', 'OPTIONS']

/** On every answer to a known person. Pages of browsers need nothing else, and nobody keeps it. */
const personFields = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
const browserFields = { ...personFields, ...corsFields }

/**
 * Answers requests for MCP: host, origin and method first, then the token, then what the connection wants to see. The
 * body is not touched before all of that is right.
 */
export function mcpEndpoint<Services>(
  options: McpEndpointOptions<Services>,
): (asked: McpRequest) => Promise<Answered> {
  const { mcp, services, inbound } = options

  return async (asked) => {
    const { request, url, peer, named } = asked
    for (const guard of [guardHost(request, options, 403), guardOrigin(request, options)]) {
      if (!guard.ok) return { response: guard.response, refused: guard.reason }
    }
    const method = guardMethod(request, methods)
    if (!method.ok) return { response: withHeaders(method.response, corsFields), refused: method.reason }
    if (request.method === 'OPTIONS') return { response: preflight() }

    const { resource } = named.endpoint
    const admitted = await resource.admit(request)
    if (!admitted.ok) return turnedAway(admitted.response, inbound?.strangers, peer)
    const person = personOf(admitted.grant)
    const { subject, grantId, clientId } = person
    const whose = { subject, grantId, clientId }
    const fields = request.headers.has('origin') ? browserFields : personFields
    const admission = inbound === undefined ? unlimited(fields) : admissionOf(inbound, person, fields)

    const selection = readSelection(url, request.headers, named.readOnly)
    if (!selection.ok) {
      const error = { jsonrpc: '2.0', id: null, error: { code: -32_602, message: selection.words } }
      return { response: withHeaders(json(400, error), admission.headers()), refused: 'selection', ...whose }
    }
    const response = await mcp.fetch(request, {
      person,
      wanted: selection.wanted,
      services,
      admission,
      challenge: (permissions) => resource.challenge(permissions),
      signal: request.signal,
    })
    return { response, ...whose }
  }
}

/** Who brings no valid token counts against their address, and nobody's own limits are told to them. */
function turnedAway(response: Response, strangers: Pick<Limiter, 'take'> | undefined, peer: Peer): Answered {
  const taken = strangers?.take([`address:${peer.address}`])
  if (taken === undefined || taken.ok) return { response: withHeaders(response, corsFields) }
  const limited = problem(429, 'quota-exceeded', taken.retryAfterMs)
  return { response: withHeaders(limited, corsFields), refused: 'address_limit' }
}
