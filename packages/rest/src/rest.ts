import { ask } from './ask.ts'
import { connect } from './connection.ts'
import type { Download } from './download.ts'
import type { Input, Operation, OperationSpec, PagedOperation } from './operation.ts'
import type { CallOptions, ItemsOptions, PageOptions, RestOptions, StreamOptions } from './options.ts'
import type { Question } from './pages/paging.ts'
import { loadDownload, loadPaging, loadRaw } from './parts.ts'
import { perform } from './perform.ts'
import type { RawOptions } from './raw.ts'
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

/** Binds operations to credentials. Nothing is asked before the first call. */
export function createRest(options: RestOptions): Rest {
  const connection = connect(options)
  const question: Question = (asked, callOptions) => ask(connection, asked, callOptions)

  function call<Data, Result>(
    operation: Operation<Data, Result>,
    ...rest: CallArguments<Data, CallOptions>
  ): Promise<Result>
  async function call(
    operation: OperationSpec,
    input: AnyInput = {},
    callOptions: CallOptions = {},
  ): Promise<unknown> {
    return (await question({ operation, input }, callOptions)).answer
  }

  function page<Data, Result, Item>(
    operation: PagedOperation<Data, Result, Item>,
    ...rest: CallArguments<Data, PageOptions>
  ): Promise<Page<Item, Result>>
  async function page(
    operation: PagedOperation<unknown, unknown, unknown>,
    input?: AnyInput,
    pageOptions?: PageOptions,
  ): Promise<Page<unknown>> {
    const paging = await loadPaging()
    return paging.page(question, { operation, input }, pageOptions)
  }

  function items<Data, Result, Item>(
    operation: PagedOperation<Data, Result, Item>,
    ...rest: CallArguments<Data, ItemsOptions>
  ): AsyncIterable<Item>
  async function* items(
    operation: PagedOperation<unknown, unknown, unknown>,
    input?: AnyInput,
    itemsOptions?: ItemsOptions,
  ): AsyncGenerator {
    const paging = await loadPaging()
    yield* paging.items(question, { operation, input }, itemsOptions)
  }

  function stream<Data>(
    operation: Operation<Data, unknown>,
    ...rest: CallArguments<Data, StreamOptions>
  ): Promise<Download>
  async function stream(
    operation: OperationSpec,
    input?: AnyInput,
    streamOptions?: StreamOptions,
  ): Promise<Download> {
    const { downloadOf } = await loadDownload()
    return perform(connection, downloadOf(connection, { operation, input }, streamOptions))
  }

  return {
    call,
    page,
    items,
    stream,
    raw: async (method, path, rawOptions) => {
      const { raw } = await loadRaw()
      return raw(question, { method, path }, rawOptions)
    },
  }
}
