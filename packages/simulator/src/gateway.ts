import { effectOf, isCovered, type OperationSpec } from '@telamon/rest'

import type { Credentials } from './auth/credentials.ts'
import type { Ground } from './ground.ts'
import type { Call, Caller, FormFile, Links, RequestBody } from './http/call.ts'
import { confluenceV2Error, gatewayError, jiraError, problem } from './http/errors.ts'
import { createQuery } from './http/query.ts'
import { json, refuse, type Reply } from './http/reply.ts'
import type { Route, Router } from './router.ts'
import { serviceError } from './service/answers.ts'
import type { ProductName, Site } from './world/model.ts'

/** A request for a product, on the gateway or on a site. */
export interface ProductRequest {
  readonly request: Request
  readonly url: URL
  readonly product: ProductName
  /** The path without the gateway's prefix. */
  readonly pathname: string
  readonly credentials: Credentials
}

const unauthorized = gatewayError(401, 'Unauthorized')

/**
 * The gateway's part of the order of refusals: an unknown cloud id before the token (recorded, F-GW-01), then the
 * token, then whether the token reaches this site (inferred).
 */
export function admitAtGateway(
  { world, clock, origins }: Ground,
  { url, credentials }: ProductRequest,
  cloudId: string,
): { readonly site: Site; readonly caller: Caller; readonly links: Links } {
  const site = world.sites.get(cloudId)
  if (!site) return refuse(gatewayNotFound(url.pathname, clock.now()))
  const reaches =
    credentials.kind === 'bearer'
      ? credentials.grant.sites.has(cloudId) && (credentials.cloudId ?? cloudId) === cloudId
      : credentials.kind === 'api-token'
  if (credentials.kind === 'none' || credentials.kind === 'invalid') return refuse(unauthorized)
  // A token without scopes belongs on the site's own address (documented).
  if (credentials.kind === 'api-token' && !credentials.caller.scopes) return refuse(unauthorized)
  if (!reaches) return refuse(gatewayError(403, 'The app is not installed on this instance'))
  const prefix = url.pathname.split('/').slice(0, 4).join('/')
  return {
    site,
    caller: credentials.caller,
    links: { rest: `${origins.api}${prefix}`, site: origins.site(site.name) },
  }
}

/** The gateway's own 404, before any product is reached (recorded, F-ERR-04, F-GW-01). */
export function gatewayNotFound(path: string, now: number): Reply {
  const timestamp = new Date(now).toISOString().replace('Z', '000000Z')
  return json(
    404,
    { timestamp, status: 404, error: 'Not Found', message: 'No message available', path },
    { 'x-failure-category': 'FAILURE_CLIENT_TCS' },
  )
}

/**
 * A site's part: Basic with an API token, or nobody. A 3LO token is refused here (reported, F-P-05), and so is a token
 * with scopes, which only the gateway takes (documented).
 */
export function admitAtSite(
  { origins }: Ground,
  { credentials }: ProductRequest,
  site: Site,
): { readonly site: Site; readonly caller: Caller; readonly links: Links } {
  const address = origins.site(site.name)
  const links: Links = { rest: address, site: address }
  if (credentials.kind === 'none') return { site, caller: { person: undefined, via: 'anonymous' }, links }
  if (credentials.kind !== 'api-token' || credentials.caller.scopes) {
    return refuse(
      json(401, { message: 'Client must be authenticated to access this resource.', 'status-code': 401 }),
    )
  }
  return { site, caller: credentials.caller, links }
}

async function readForm(request: Request): Promise<RequestBody> {
  try {
    const data = await request.formData()
    const fields = new Map<string, string>()
    const files: FormFile[] = []
    for (const [field, value] of data) {
      if (typeof value === 'string') fields.set(field, value)
      else {
        const bytes = new Uint8Array(await value.arrayBuffer())
        files.push({ field, name: value.name, mediaType: value.type, bytes })
      }
    }
    return { kind: 'form', form: { fields, files } }
  } catch {
    return { kind: 'unreadable' }
  }
}

async function readBody(request: Request): Promise<RequestBody> {
  if (request.headers.get('content-type')?.startsWith('multipart/form-data') === true)
    return readForm(request)
  const text = await request.text()
  if (text.trim() === '') return { kind: 'none' }
  try {
    const value: unknown = JSON.parse(text)
    return { kind: 'json', value }
  } catch {
    return { kind: 'unreadable' }
  }
}

/**
 * From a caller who was let in to the call of a handler. Unknown paths and methods are answered as the service does;
 * operations of the documents that have no handler answer 501 and say their name.
 */
export async function prepareCall(
  ground: Ground,
  asked: ProductRequest & {
    readonly router: Router
    readonly site: Site
    readonly caller: Caller
    readonly links: Links
  },
): Promise<{
  readonly call: Call
  readonly ignored: readonly string[]
  readonly run: (call: Call) => Reply
  /** Whether the call may change the world. */
  readonly writes: boolean
}> {
  const { request, url, product, pathname, router, site, caller, links } = asked
  const instance = pathname
  const route = router.route(product, request.method, pathname)
  if (route.type !== 'served')
    return refuse(unservedRoute(route, { product, method: request.method, instance }))
  const { operation, query: known, run, writes } = route.served
  if (caller.scopes && !isCovered(operation, new Set(caller.scopes))) {
    refuse(gatewayError(401, 'Unauthorized; scope does not match'))
  }
  checkEntrance(product, { site, caller, operation })
  const query = createQuery(url.searchParams, (name, value) =>
    refuse(unreadableParameter(product, { name, value, instance })),
  )
  const body = await readBody(request)
  const { world, clock, random, origins, switches, lag } = ground
  const call: Call = {
    world,
    clock,
    random,
    origins,
    switches,
    lag,
    operation,
    pathname,
    path: route.path,
    query,
    body,
    headers: request.headers,
    site,
    caller,
    links,
  }
  return {
    call,
    ignored: query.names.filter((name) => !known.has(name)),
    run,
    writes: effectOf(operation) !== 'read' || writes?.(call) === true,
  }
}

/** The refusal of an address without a handler. */
function unservedRoute(
  route: Exclude<Route, { type: 'served' }>,
  {
    product,
    method,
    instance,
  }: { readonly product: ProductName; readonly method: string; readonly instance: string },
): Reply {
  if (route.type === 'unknown') return unknownPath(product, method, instance)
  if (route.type === 'wrong-method') {
    return problem(
      405,
      { detail: `Method '${method}' is not supported.`, instance },
      { allow: route.allow.join(', ') },
    )
  }
  const { operation } = route
  const detail = `${operation.method} ${operation.path} (${operation.id}) is not served by this simulator.`
  return problem(501, { detail, instance })
}

/** Who may not enter the product is turned away before anything is looked at. */
function checkEntrance(
  product: ProductName,
  {
    site,
    caller,
    operation,
  }: { readonly site: Site; readonly caller: Caller; readonly operation: OperationSpec },
): void {
  const { person } = caller
  // Customers of service desks have no Jira of their own (documented); what they may do is for the desk to say.
  if (person && operation.path.startsWith('/rest/servicedeskapi/')) return
  if (!person) {
    if (product === 'jira' && operation.anonymous === true) return
    refuse(
      json(401, { message: 'Client must be authenticated to access this resource.', 'status-code': 401 }),
    )
  } else if (site.members.get(person.accountId)?.products.includes(product) !== true) {
    refuse(
      product === 'confluence'
        ? json(403, { message: 'Current user not permitted to use Confluence', statusCode: 403 })
        : jiraError(403, ['You do not have access to Jira on this site.']),
    )
  }
}

function unknownPath(product: ProductName, method: string, path: string): Reply {
  return product === 'jira'
    ? problem(404, { detail: `No endpoint ${method} ${path}.`, instance: path })
    : confluenceV2Error(404, 'Not Found')
}

function unreadableParameter(
  product: ProductName,
  { name, value, instance }: { readonly name: string; readonly value: string; readonly instance: string },
): Reply {
  // Service management has one shape for all refusals (documented).
  if (instance.startsWith('/rest/servicedeskapi/'))
    return serviceError(400, `'${name}' cannot be '${value}'.`)
  return product === 'jira'
    ? problem(400, { detail: `Failed to convert '${name}' with value: '${value}'`, instance })
    : confluenceV2Error(400, `Provided value {${value}} for '${name}' is not the correct type`)
}
