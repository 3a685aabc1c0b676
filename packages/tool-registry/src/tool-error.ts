/** Why a tool could not do its work, in words that a caller can act on. */
export type ToolErrorCode =
  | 'invalid_input'
  | 'ambiguous'
  | 'not_found'
  | 'forbidden'
  | 'conflict'
  | 'unsupported'
  | 'needs_sign_in'
  | 'unavailable'

/** Whether something was changed upstream. `unknown`: the answer was lost on the way. */
export type Outcome = 'not_executed' | 'unknown' | 'executed'

/** What a `ToolError` is made of. */
export interface ToolErrorFields {
  readonly code: ToolErrorCode
  /** What happened, in one or two sentences. Text of other people belongs inside `fence(…)`. */
  readonly message: string
  /** The next call to make, or what to ask the person: `Call listJiraProjects to see the keys.` */
  readonly next?: string
  /** Whether something was changed. Default: `not_executed`. */
  readonly outcome?: Outcome
  readonly cause?: unknown
}

const brand = Symbol.for('@telamon/tool-registry.ToolError')

/** Thrown by a tool that knows what went wrong and what to do next. Its message reaches the model as it is. */
export class ToolError extends Error {
  override readonly name = 'ToolError'
  readonly code: ToolErrorCode
  readonly next: string | undefined
  readonly outcome: Outcome

  constructor({ code, message, next, outcome = 'not_executed', cause }: ToolErrorFields) {
    super(message, cause === undefined ? undefined : { cause })
    Object.defineProperty(this, brand, { value: true })
    this.code = code
    this.next = next
    this.outcome = outcome
  }
}

/** Also knows an error that another installed copy of this package has thrown. */
export function isToolError(error: unknown): error is ToolError {
  return typeof error === 'object' && error !== null && brand in error && error[brand] === true
}
