import type { ErrorCode, Outcome } from './errors.ts'
import type { OperationSpec, Product } from './operation.ts'
import type { AnyInput } from './request.ts'

/** One attempt of a call, before it is sent. */
export interface Attempt {
  readonly operation: OperationSpec
  readonly input: AnyInput
  /** The site: a cloud id or a host. */
  readonly tenant: string
  /** Counts from 1. */
  readonly attempt: number
}

/** One attempt that may still be held back. */
export interface PendingAttempt extends Attempt {
  readonly signal: AbortSignal
  /** When the call's time is up, in milliseconds since 1970. `Infinity` when it has no end. */
  readonly deadline: number
}

/** One attempt whose status and header fields have come. */
export interface AnsweredAttempt extends Attempt {
  readonly status: number
  readonly headers: Headers
  /** From sending to header fields. */
  readonly milliseconds: number
}

/** A call whose answer was read. Downloads have none. */
export interface AnsweredCall extends Omit<Attempt, 'attempt'> {
  readonly answer: unknown
}

/** Where others come in: a limiter, above all. What a hook throws is thrown to the caller as it is. */
export interface Hooks {
  /** May wait, and holds the attempt back as long. */
  readonly beforeRequest?: (attempt: PendingAttempt) => void | Promise<void>
  readonly afterResponse?: (attempt: AnsweredAttempt) => void
  readonly afterAnswer?: (call: AnsweredCall) => void
}

/** What each event says about its call. */
export interface Named {
  readonly operationId: string
  readonly method: OperationSpec['method']
  /** The template, without anybody's keys in it. */
  readonly path: string
  readonly product: Product
  readonly tenant: string
}

/** One request was sent. Not told of attempts that a hook or the strategy held back for good. */
export interface AttemptEvent extends Named {
  readonly type: 'attempt'
  readonly attempt: number
  /** 0: no answer. */
  readonly status: number
  readonly milliseconds: number
  readonly traceId?: string
}

/** A call waits before it is repeated. */
export interface WaitEvent extends Named {
  readonly type: 'wait'
  /** The attempt that failed. */
  readonly attempt: number
  readonly milliseconds: number
  readonly code: ErrorCode
  /** `RateLimit-Reason`. */
  readonly reason?: string
}

/** A call is over. */
export interface CallEvent extends Named {
  readonly type: 'call'
  readonly attempts: number
  /** Waiting included. */
  readonly milliseconds: number
  /** Absent when the call succeeded; `other` when a hook or a strategy threw something of its own. */
  readonly failed?: ErrorCode | 'other'
  readonly outcome?: Outcome
}

/** Something that happened, for logs, metrics and traces. Holds no credentials, no addresses, no text of answers. */
export type RestEvent = AttemptEvent | WaitEvent | CallEvent
