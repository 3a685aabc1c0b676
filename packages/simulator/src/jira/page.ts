import type { Call } from '../http/call.ts'

/** A window into a list: Jira's `startAt` and `maxResults`. */
export interface Window {
  readonly startAt: number
  readonly maxResults: number
}

/** Reads the window of a request. More than `most` is cut to it, as the service does (documented). */
export function windowOf({ query }: Pick<Call, 'query'>, usual: number, most = usual): Window {
  const startAt = Math.max(0, query.integer('startAt', 0))
  return { startAt, maxResults: Math.max(0, Math.min(most, query.integer('maxResults', usual))) }
}

export function cut<Item>(items: readonly Item[], { startAt, maxResults }: Window): readonly Item[] {
  return items.slice(startAt, startAt + maxResults)
}

/** A page of values with the address of itself, which states the window that counted (recorded, F-ISS-21). */
export function pageBean<Item>(
  { links }: Pick<Call, 'links'>,
  items: readonly Item[],
  {
    path,
    window,
    view,
  }: { readonly path: string; readonly window: Window; readonly view: (item: Item) => unknown },
): Record<string, unknown> {
  const { startAt, maxResults } = window
  return {
    self: `${links.rest}${path}?maxResults=${maxResults}&startAt=${startAt}`,
    maxResults,
    startAt,
    total: items.length,
    isLast: startAt + maxResults >= items.length,
    values: cut(items, window).map(view),
  }
}
