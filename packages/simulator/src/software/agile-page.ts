import type { Call } from '../http/call.ts'
import { cut, windowOf } from '../jira/page.ts'

/** A page of the agile API: by offset, fifty at most, and without an address of its own (documented). */
export function agilePage<Item>(
  call: Call,
  items: readonly Item[],
  view: (item: Item) => unknown,
): Record<string, unknown> {
  const window = windowOf(call, 50)
  const { startAt, maxResults } = window
  return {
    maxResults,
    startAt,
    total: items.length,
    isLast: startAt + maxResults >= items.length,
    values: cut(items, window).map(view),
  }
}
