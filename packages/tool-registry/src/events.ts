import type { Tier } from './tiers.ts'
import type { ToolProduct } from './tool.ts'

/** How a call ended. `refused`: by a limit or a missing permission, before anything happened. */
export type Verdict = 'done' | 'failed' | 'invalid' | 'refused' | 'timed_out' | 'cancelled'

/** Whether something was changed upstream. */
export type Written = 'no' | 'yes' | 'unknown'

/** Requests to one operation with one outcome, within a call. */
export interface AuditedOperation {
  readonly method: string
  /** The template, without ids. */
  readonly path: string
  readonly status?: number
  readonly count: number
}

/**
 * One call of a tool. It holds no arguments and no text, so that no secret and nothing that people wrote can get in.
 */
export interface AuditEvent {
  readonly type: 'tool_call'
  /** Milliseconds since 1970. */
  readonly at: number
  readonly durationMs: number
  readonly tool: string
  /** The alias that was used. */
  readonly calledAs?: string
  /** The tool that ran it in the caller's name, such as `executeRead`. */
  readonly via?: string
  readonly tier: Tier
  readonly product: ToolProduct
  readonly subject: string
  readonly grantId: string
  readonly clientId: string
  readonly verdict: Verdict
  /** Why it did not succeed. */
  readonly code?: string
  readonly written: Written
  readonly operations: readonly AuditedOperation[]
  /** Bytes of the text of the reply. */
  readonly replyBytes: number
}

/** A request that reached the registry, for metrics. */
export interface ServedEvent {
  readonly type: 'served'
  /** Which path answered; `gate`: refused before either. */
  readonly via: 'fast' | 'sdk' | 'gate'
}

/** An error that nobody expected. It is for operators and may hold text from outside. */
export interface FaultEvent {
  readonly type: 'fault'
  readonly tool?: string
  readonly error: unknown
}

/** A request that the SDK did not like: the client's doing, mostly. The message is shortened and on one line. */
export interface ComplaintEvent {
  readonly type: 'complaint'
  readonly message: string
}

/** What the registry tells its observer. */
export type McpEvent = AuditEvent | ServedEvent | FaultEvent | ComplaintEvent

/** Takes events. Has to return at once and not throw. */
export type Observe = (event: McpEvent) => void
