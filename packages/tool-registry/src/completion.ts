import type { CallResult } from './result.ts'

/** What a completion may look at and ask. */
export interface CompletionContext {
  /** The other values that were given already. */
  readonly given: Readonly<Record<string, string>>
  /** Calls a tool in the name of who types. */
  readonly call: (tool: string, args: Readonly<Record<string, unknown>>) => Promise<CallResult>
}

/** Suggests values for what was typed so far, the likeliest first. */
export type Completer = (typed: string, context: CompletionContext) => Promise<readonly string[]>

/** Most values in one answer. @see MCP, completion/complete */
const most = 100

/** What the protocol answers: the first hundred, and whether there were more. */
export function completionOf(values: readonly string[]): {
  readonly values: string[]
  readonly total: number
  readonly hasMore: boolean
} {
  return { values: values.slice(0, most), total: values.length, hasMore: values.length > most }
}
