import type { OperationSpec } from '@telamon/rest'

/** What a handler answered, before limits, faults and the headers that every answer has come into it. */
export interface ObservedAnswer {
  /** The document of the operation, such as `jira-platform-v3`. */
  readonly document: string
  readonly operation: OperationSpec
  readonly method: string
  /** Path and query as they were asked. */
  readonly path: string
  readonly status: number
  /** The JSON of the answer, as a client parses it; undefined for an answer without a body, or with other text. */
  readonly body: unknown
}
