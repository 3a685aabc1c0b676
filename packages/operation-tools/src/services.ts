import type { Operation } from '@telamon/rest'

/** What any operation takes, as far as no type says more: its arguments were checked against the document. */
export interface LooseInput {
  readonly path: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** A client that calls operations of its product; those of `@telamon/jira` and `@telamon/confluence` are such. */
export interface OperationClient {
  readonly call: (
    operation: Operation<LooseInput & { readonly url: string }, unknown>,
    input: LooseInput,
    options: { readonly signal: AbortSignal },
  ) => Promise<unknown>
}

/** What running any operation takes: clients of one site, in the name of the person. */
export interface OperationServices {
  readonly jira: OperationClient
  readonly confluence: OperationClient
}
