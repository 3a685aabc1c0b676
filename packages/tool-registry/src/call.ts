import type { ToolAlias } from './aliases.ts'
import type { Verdict, Written } from './events.ts'
import type { View } from './prepared.ts'
import type { CallResult } from './result.ts'
import type { ProgressStep, Tool, ToolFacts } from './tool.ts'
import type { Visit } from './visit.ts'

/** Who calls which tool. */
export interface CallFacts {
  readonly tool: ToolFacts
  /** Present when the tool was called by another name. */
  readonly alias?: ToolAlias
  /** The tool that was called to reach it. */
  readonly via?: string
  readonly visit: Visit<unknown>
}

/** A call of a tool, before its arguments are looked at. */
export interface ToolCall<Services> extends CallFacts {
  readonly tool: Tool<Services>
  readonly visit: Visit<Services>
  /** What the visit may call beside it. */
  readonly view?: View<Services>
  /** As they came. */
  readonly arguments: unknown
  /** Ends this call alone, beside the visit's own signal. */
  readonly signal?: AbortSignal
  /** Present when a run makes this call in its caller's name: such a call makes no further ones. */
  readonly nested?: { readonly dryRun: boolean }
  /** The token of an agreement that the client has asked its person for. */
  readonly confirmation?: string
  /** Present when the caller listens. */
  readonly progress?: (step: ProgressStep) => void
}

/** How a call ended. */
export interface Ending {
  readonly result: CallResult
  readonly verdict: Verdict
  readonly written: Written
  readonly code?: string
  /** An error that nobody expected, for the operator. */
  readonly fault?: unknown
}
