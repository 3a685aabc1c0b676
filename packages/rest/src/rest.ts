import { readAnswer } from './answer.ts'
import { connect } from './connection.ts'
import type { Connection } from './connection.ts'
import { download } from './download.ts'
import type { Download } from './download.ts'
import type { Input, Operation, OperationSpec, PagedOperation } from './operation.ts'
import type { CallOptions, ItemsOptions, PageOptions, RestOptions, StreamOptions } from './options.ts'
import { readBookmark, writeBookmark } from './pages/bookmark.ts'
import { pagers, placed, readPage } from './pages/page.ts'
import { perform } from './perform.ts'
import { rawOperation } from './raw.ts'
import type { RawOptions } from './raw.ts'
import { refused } from './refused.ts'
import type { AnyInput } from './request.ts'

/** Input and options of a call. The input may be left out where the operation needs none. */
export type CallArguments<Data, Options> =
  Partial<Input<Data>> extends Input<Data>
    ? [input?: Input<Data>, options?: Options]
    : [input: Input<Data>, options?: Options]

/** One page of items. */
export interface Page<Item, Result = unknown> {
  readonly items: readonly Item[]
  /**
   * Where the next page begins; absent on the last. Opaque, fit for another process, and free of hosts and credentials.
   * Good for the same operation with the same input.
   */
  readonly cursor?: string
  /** The whole answer, for what stands beside the items. */
  readonly answer: Result
}

/** Calls operations with one set of credentials. Functions without `this`, so they may be passed around. */
export interface Rest {
  /** Answers the parsed body as it came, unknown members included. Throws `AtlassianError`. */
  readonly call: <Data, Result>(
    operation: Operation<Data, Result>,
    ...rest: CallArguments<Data, CallOptions>
  ) => Promise<Result>
  readonly page: <Data, Result, Item>(
    operation: PagedOperation<Data, Result, Item>,
    ...rest: CallArguments<Data, PageOptions>
  ) => Promise<Page<Item, Result>>
  /** Reads page after page, each when its first item is asked for. */
  readonly items: <Data, Result, Item>(
    operation: PagedOperation<Data, Result, Item>,
    ...rest: CallArguments<Data, ItemsOptions>
  ) => AsyncIterable<Item>
  /** Answers with bytes on their way. Redirects to a media host are followed without credentials. */
  readonly stream: <Data>(
    operation: Operation<Data, unknown>,
    ...rest: CallArguments<Data, StreamOptions>
  ) => Promise<Download>
  /** Asks for a path without a record, such as `/rest/api/3/serverInfo`. A record of your own gives types, paging and more. */
  readonly raw: (method: OperationSpec['method'], path: string, options?: RawOptions) => Promise<unknown>
}

interface Answer {
  readonly answer: unknown
  readonly headers: Headers
}

/** A call whose answer is read whole. */
async function ask(
  connection: Connection,
  { operation, input }: { readonly operation: OperationSpec; readonly input: AnyInput },
  options: CallOptions,
): Promise<Answer> {
  if (operation.res === 'binary') throw refused(operation, 'It answers bytes: use stream.')
  const answered = await perform<Answer>(connection, {
    operation,
    input,
    options,
    finish: async ({ standing, response }) => ({
      answer: await readAnswer(standing, response),
      headers: response.headers,
    }),
    done: { answer: undefined, headers: new Headers() },
  })
  const { hooks, auth } = connection
  for (const { afterAnswer } of hooks) {
    afterAnswer?.({ operation, input, tenant: auth.tenant, answer: answered.answer })
  }
  return answered
}

/** Binds operations to credentials. Nothing is asked before the first call. */
export function createRest(options: RestOptions): Rest {
  const connection = connect(options)

  function call<Data, Result>(
    operation: Operation<Data, Result>,
    ...rest: CallArguments<Data, CallOptions>
  ): Promise<Result>
  async function call(
    operation: OperationSpec,
    input: AnyInput = {},
    callOptions: CallOptions = {},
  ): Promise<unknown> {
    return (await ask(connection, { operation, input }, callOptions)).answer
  }

  function page<Data, Result, Item>(
    operation: PagedOperation<Data, Result, Item>,
    ...rest: CallArguments<Data, PageOptions>
  ): Promise<Page<Item, Result>>
  async function page(
    operation: PagedOperation<unknown, unknown, unknown>,
    input: AnyInput = {},
    { cursor, ...callOptions }: PageOptions = {},
  ): Promise<Page<unknown>> {
    const pager = pagers[operation.page]
    const position = cursor === undefined ? undefined : readBookmark(operation, pager, cursor)
    const asked = { operation, pager, input, position }
    const { answer, headers } = await ask(connection, { operation, input: placed(asked) }, callOptions)
    const { items: found, position: next } = readPage(asked, answer, headers)
    return { items: found, answer, ...(next !== undefined && { cursor: writeBookmark(operation, next) }) }
  }

  function items<Data, Result, Item>(
    operation: PagedOperation<Data, Result, Item>,
    ...rest: CallArguments<Data, ItemsOptions>
  ): AsyncIterable<Item>
  async function* items(
    operation: PagedOperation<unknown, unknown, unknown>,
    input: AnyInput = {},
    { limit = Infinity, cursor: first, ...pageOptions }: ItemsOptions = {},
  ): AsyncGenerator {
    let left = limit
    let cursor = first
    while (left > 0) {
      const found = await page(operation, input, { ...pageOptions, ...(cursor !== undefined && { cursor }) })
      yield* found.items.slice(0, left)
      left -= found.items.length
      if (found.cursor === undefined) return
      cursor = found.cursor
    }
  }

  function stream<Data>(
    operation: Operation<Data, unknown>,
    ...rest: CallArguments<Data, StreamOptions>
  ): Promise<Download>
  async function stream(
    operation: OperationSpec,
    input: AnyInput = {},
    streamOptions: StreamOptions = {},
  ): Promise<Download> {
    return perform(connection, {
      operation,
      input,
      options: streamOptions,
      finish: (answered) => download(connection, answered, streamOptions),
    })
  }

  return {
    call,
    page,
    items,
    stream,
    raw: async (method, path, { query = {}, body, ...rawOptions } = {}) =>
      call(rawOperation(method, path), { query, body }, rawOptions),
  }
}
