import type { Call } from '../http/call.ts'
import { json, refuse, type Reply } from '../http/reply.ts'
import { isObject, type JsonObject } from '../http/value.ts'

/** An error of service management: one sentence (documented, F-ERR-10). */
export function serviceError(status: number, errorMessage: string): Reply {
  return json(status, { errorMessage })
}

/** Ends the call with an error of service management. */
export function refuseService(status: number, errorMessage: string): never {
  return refuse(serviceError(status, errorMessage))
}

/** The body as an object; anything else is refused in the manner of service management. */
export function serviceBody({ body }: Pick<Call, 'body'>): JsonObject {
  return body.kind === 'json' && isObject(body.value)
    ? body.value
    : refuseService(400, 'The request body has to be a JSON object.')
}

/** The account that asks. */
export function askerOf({ caller }: Pick<Call, 'caller'>): string {
  return caller.person?.accountId ?? refuseService(401, 'You must be signed in to do this.')
}

/** An address of service management as this caller sees it. */
export function serviceAddress({ links }: Pick<Call, 'links'>, path: string): string {
  return `${links.rest}/rest/servicedeskapi/${path}`
}

/** Items of a page when nothing else is asked for (documented), and at most (inferred). */
const usual = 50
const most = 100

/** A page of service management: from `start`, as many as `limit`, with the ways to the pages beside it (documented). */
export function servicePage<Item>(
  call: Call,
  items: readonly Item[],
  view: (item: Item) => unknown,
): Record<string, unknown> {
  const start = Math.max(0, call.query.integer('start', 0))
  const limit = Math.max(1, Math.min(most, call.query.integer('limit', usual)))
  const others = call.query.names.filter((name) => name !== 'start' && name !== 'limit')
  const kept = others
    .map((name) => `${name}=${encodeURIComponent(call.query.list(name).join(','))}&`)
    .join('')
  return pageOf(call, items, { start, limit, view, path: call.pathname, kept })
}

/** A list inside of another thing: its first page. */
export function innerPage<Item>(
  call: Call,
  items: readonly Item[],
  { path, view }: { readonly path: string; readonly view: (item: Item) => unknown },
): Record<string, unknown> {
  return pageOf(call, items, { start: 0, limit: usual, view, path: `/rest/servicedeskapi/${path}` })
}

function pageOf<Item>(
  { links }: Call,
  items: readonly Item[],
  page: {
    readonly start: number
    readonly limit: number
    readonly path: string
    /** The other parameters, which the pages beside it have too. */
    readonly kept?: string
    readonly view: (item: Item) => unknown
  },
): Record<string, unknown> {
  const { start, limit, path, view, kept = '' } = page
  const values = items.slice(start, start + limit)
  const isLastPage = start + limit >= items.length
  const at = (from: number): string => `${links.rest}${path}?${kept}start=${from}&limit=${limit}`
  return {
    _expands: [],
    size: values.length,
    start,
    limit,
    isLastPage,
    _links: {
      self: `${links.rest}${path}`,
      base: links.rest,
      context: '',
      ...(!isLastPage && { next: at(start + limit) }),
      ...(start > 0 && { prev: at(Math.max(0, start - limit)) }),
    },
    values: values.map(view),
  }
}
