import type { Answer, Asked } from '../ask.ts'
import type { PagedOperation } from '../operation.ts'
import type { CallOptions, ItemsOptions, PageOptions } from '../options.ts'
import { refusing } from '../refusal.ts'
import type { AnyInput } from '../request.ts'
import type { Page } from '../rest.ts'
import { readBookmark, writeBookmark } from './bookmark.ts'
import { pagers, placed, readPage } from './page.ts'

/** A paged operation and its input when their types are forgotten. */
export interface AskedForPages {
  readonly operation: PagedOperation<unknown, unknown, unknown>
  readonly input: AnyInput | undefined
}

/** Asks once. */
export type Question = (asked: Asked, options: CallOptions) => Promise<Answer>

/** One page, by default the first. */
export async function page(
  ask: Question,
  { operation, input = {} }: AskedForPages,
  { cursor, ...options }: PageOptions = {},
): Promise<Page<unknown>> {
  const pager = pagers[operation.page]
  const position =
    cursor === undefined ? undefined : await refusing(operation, () => readBookmark(operation, pager, cursor))
  const asked = { operation, pager, input, position }
  const { answer, headers } = await ask({ operation, input: placed(asked) }, options)
  const { items: found, position: next } = await readPage(asked, answer, headers)
  return { items: found, answer, ...(next !== undefined && { cursor: writeBookmark(operation, next) }) }
}

// Page after page, each when its first item is asked for.
export async function* items(
  ask: Question,
  asked: AskedForPages,
  { limit = Infinity, cursor: first, ...options }: ItemsOptions = {},
): AsyncGenerator {
  let left = limit
  let cursor = first
  while (left > 0) {
    const found = await page(ask, asked, { ...options, ...(cursor !== undefined && { cursor }) })
    yield* found.items.slice(0, left)
    left -= found.items.length
    if (found.cursor === undefined) return
    cursor = found.cursor
  }
}
