import type { PagedOperation, PageKind } from '../operation.ts'
import type { CallOptions, ItemsOptions } from '../options.ts'
import type { Rest } from '../rest.ts'

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** Hands the position to a later call, also in another process. Absent on the last page. */
  readonly cursor?: string
  /** How many items the whole list has, where the service says so. It may change while one pages. */
  readonly total?: number
}

/** Which page of a list is wanted. */
export interface PageRequest extends CallOptions {
  /** From an earlier page of the same list. */
  readonly cursor?: string
  /** How many items to ask for. The service may give fewer, also before the end. */
  readonly size?: number
}

/** What is asked for when a list is read from its beginning to its end. */
export interface ListOptions extends CallOptions {
  /** Ends after so many items. Default: none. */
  readonly limit?: number
}

/** A list on the service. Reading it asks for one page after another; nothing is asked before that. */
export interface List<Item> extends AsyncIterable<Item> {
  /** One page, by default the first. */
  readonly page: (request?: PageRequest) => Promise<Page<Item>>
}

/** Where a list comes from. */
export interface ListSource<Data, Result, Item, Out> {
  readonly operation: PagedOperation<Data, Result, Item>
  readonly input: { readonly path?: object; readonly query?: object; readonly body?: object }
  /** Makes what is given to the caller of what came. */
  readonly map: (item: Item) => Out
  /** The largest page that the service gives: what is asked for when no size or limit is given. */
  readonly largest: number
}

/** By paging kind: the member that says how many items a page should have. */
const sizeMember: Readonly<Record<PageKind, 'maxResults' | 'limit' | undefined>> = {
  offset: 'maxResults',
  token: 'maxResults',
  cursor: 'maxResults',
  link: 'limit',
  start: 'limit',
  since: undefined,
}

/** Binds a paged operation and its input to a list. */
export function listOf<Data, Result, Item, Out>(
  rest: Rest,
  source: ListSource<Data, Result, Item, Out>,
  options: ListOptions = {},
): List<Out> {
  const { operation, map, largest } = source
  const { limit, ...shared } = options
  const untyped: PagedOperation<unknown, unknown, Item> = operation
  return {
    async page({ size = Math.min(limit ?? largest, largest), cursor, ...own } = {}) {
      const page = await rest.page(untyped, withSize(source, size), {
        ...shared,
        ...own,
        ...(cursor !== undefined && { cursor }),
      })
      const total = totalOf(page.answer)
      return {
        items: page.items.map((item) => map(item)),
        ...(page.cursor !== undefined && { cursor: page.cursor }),
        ...(total !== undefined && { total }),
      }
    },
    async *[Symbol.asyncIterator]() {
      const reading: ItemsOptions = { ...shared, ...(limit !== undefined && { limit }) }
      for await (const item of rest.items(
        untyped,
        withSize(source, Math.min(limit ?? largest, largest)),
        reading,
      ))
        yield map(item)
    },
  }
}

/** The input with the size of a page, which stands in the body of a POST and in the query of a GET. */
function withSize<Data, Result, Item, Out>(
  { operation, input }: ListSource<Data, Result, Item, Out>,
  size: number,
): ListSource<Data, Result, Item, Out>['input'] {
  const member = sizeMember[operation.page]
  if (member === undefined) return input
  const sized = { [member]: size }
  return operation.method === 'POST'
    ? { ...input, body: { ...input.body, ...sized } }
    : { ...input, query: { ...input.query, ...sized } }
}

/** Confluence's search has its number under another name. */
function totalOf(answer: unknown): number | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  const { total, totalSize = total }: { readonly total?: unknown; readonly totalSize?: unknown } = answer
  return typeof totalSize === 'number' ? totalSize : undefined
}

/** For lists whose items are given as they come. */
export const asIs = <Item>(item: Item): Item => item
