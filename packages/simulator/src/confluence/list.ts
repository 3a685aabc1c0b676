import type { Call } from '../http/call.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { ok, type Reply } from '../http/reply.ts'
import { refuseInput } from './refuse.ts'

/** The base of addresses for people. */
function baseOf({ links }: Pick<Call, 'links'>): string {
  return `${links.site}/wiki`
}

/** What a list was asked for, without the place in it: a cursor counts for this alone. */
function subjectOf({ pathname, query }: Call): string {
  const asked = query.names.filter((name) => name !== 'cursor' && name !== 'limit').toSorted()
  return `${pathname}?${asked.map((name) => `${name}=${query.list(name).join(',')}`).join('&')}`
}

/**
 * A page of a list of version 2. `_links.next` is relative to the site and knows nothing of the gateway (reported,
 * F-P-14); the same address stands in the header `link` (documented).
 */
export function listReply<Item>(call: Call, items: readonly Item[], view: (item: Item) => unknown): Reply {
  const limit = call.query.integer('limit', 25)
  if (limit < 1 || limit > 250) return refuseInput('Provided limit is out of the range of 1 to 250')
  const subject = subjectOf(call)
  const cursor = call.query.text('cursor')
  const start =
    cursor === undefined ? 0 : (readCursor(cursor, subject) ?? refuseInput('Provided cursor is not valid'))
  const end = start + limit
  const base = baseOf(call)
  const next = end < items.length ? nextAddress(call, writeCursor(end, subject)) : undefined
  return {
    ...ok({
      results: items.slice(start, end).map(view),
      _links: { ...(next !== undefined && { next }), base },
    }),
    ...(next !== undefined && { headers: { link: `<${next}>; rel="next"` } }),
  }
}

function nextAddress({ pathname, query }: Call, cursor: string): string {
  const parameters = new URLSearchParams()
  for (const name of query.names) {
    if (name !== 'cursor') for (const value of query.list(name)) parameters.append(name, value)
  }
  parameters.set('cursor', cursor)
  return `${pathname}?${parameters.toString()}`
}

/** The most that a list inside of another thing shows (recorded for permissions, F-CF-15). */
const mostNested = 50

/**
 * A list inside of another thing; its address is relative to the base without `/wiki` (recorded, F-CF-02). The cursor of
 * a long one goes on at the list's own address.
 */
export function nested(
  path: string,
  results: readonly unknown[],
  meta: Readonly<Record<string, unknown>> = {},
): unknown {
  const hasMore = results.length > mostNested
  return {
    results: results.slice(0, mostNested),
    meta: { hasMore, ...(hasMore && { cursor: writeCursor(mostNested, `/wiki/api/v2${path}?`) }), ...meta },
    _links: { self: `/api/v2${path}` },
  }
}

/** The number in an id, which attachments have letters before. */
const numberOf = (id: string): number => Number(id.replace(/^\D+/, ''))

const sorters = {
  id: (item: Sortable): number | string => numberOf(item.id),
  title: (item: Sortable): number | string => item.title.toLowerCase(),
  name: (item: Sortable): number | string => item.title.toLowerCase(),
  key: (item: Sortable): number | string => item.title,
  'child-position': (item: Sortable): number | string => item.position ?? 0,
  'created-date': (item: Sortable): number | string => item.createdAt,
  'modified-date': (item: Sortable): number | string => item.modifiedAt,
} as const

/** What lists can be sorted by. */
export interface Sortable {
  readonly id: string
  readonly title: string
  readonly createdAt: number
  readonly modifiedAt: number
  readonly position?: number
}

/** Puts items in the order that `sort` asks for; ids decide between equals. */
export function sorted<Item>(
  call: Call,
  items: readonly Item[],
  describe: (item: Item) => Sortable,
): readonly Item[] {
  const asked = call.query.text('sort') ?? 'id'
  const name = asked.replace(/^-/, '')
  const key = Object.entries(sorters).find(([known]) => known === name)?.[1]
  if (!key) return refuseInput(`Provided value {${asked}} for 'sort' is not the correct type`)
  const sign = asked.startsWith('-') ? -1 : 1
  return items
    .map((item) => ({ item, sortable: describe(item) }))
    .toSorted(({ sortable: one }, { sortable: other }) => {
      const [left, right] = [key(one), key(other)]
      if (left === right) return numberOf(one.id) - numberOf(other.id)
      return left < right ? -sign : sign
    })
    .map(({ item }) => item)
}
