import type { OperationSpec } from '@telamon/rest'
import type * as z from 'zod'

import { changeArguments } from './arguments.ts'
import type { ArgumentChange } from './arguments.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import { issuesOf } from './issues.ts'
import type { ArgumentIssue } from './issues.ts'
import type { Attached, CallResult } from './result.ts'
import type { Tier } from './tiers.ts'

/** Whose permission a tool falls under. A `platform` tool needs a valid token and no permission. */
export type ToolProduct = 'jira' | 'confluence' | 'jsm' | 'platform'

/** Who signed in, as the bearer token says. */
export interface Person {
  readonly subject: string
  /** A name to show to the person; never used to decide anything. */
  readonly label: string
  readonly grantId: string
  readonly clientId: string
  /** Permissions of the grant, such as `jira:read`. */
  readonly scopes: readonly string[]
  /** Ids of the sites the person allowed. */
  readonly choices: readonly string[]
}

/** A request that a run sent to the upstream, for the audit. */
export interface UpstreamCall {
  readonly operation: Pick<OperationSpec, 'id' | 'method' | 'path' | 'read'>
  /** Absent when no answer came. */
  readonly status?: number
}

/** How far a long run is. */
export interface ProgressStep {
  readonly progress: number
  readonly total?: number
  readonly message?: string
}

/** What a run is given beside its input and services. */
export interface ToolContext {
  /** Ends when the caller hangs up, the deadline passes, or the server stops. Hand it on to all that waits. */
  readonly signal: AbortSignal
  readonly person: Person
  /** Tells a caller who listens how far the run is. Absent when nobody listens. */
  readonly progress?: (step: ProgressStep) => void
  /** The other tools that this caller may call, for tools that speak of them. Absent when there is no caller. */
  readonly catalogue?: Catalogue
  /** Calls another tool as the caller would: with the same permissions, limits and audit. Answers, and never throws. */
  readonly call?: (name: string, args: unknown) => Promise<CallResult>
  /** Notes a request to the upstream. Clients made by the app report by themselves. */
  readonly report?: (call: UpstreamCall) => void
}

/** What a run answers. */
export interface ToolReply<Data = object> {
  /** For the model, in Markdown. What people wrote stands inside `fence(…)`. */
  readonly text: string
  /** The same as data. Required, and checked, when the tool has an `output` schema. */
  readonly data?: Data
  /** Images, and links to what can be read as a resource. */
  readonly attached?: readonly Attached[]
  /** Short remarks that follow the text: what was left out, what was changed on the way. */
  readonly notes?: readonly string[]
}

type ReplyOf<Output> = Output extends z.ZodObject
  ? ToolReply<z.input<Output>> & { readonly data: z.input<Output> }
  : ToolReply

/** How far a tool reaches that calls others: it refuses a tool of another tier. */
export interface Dispatch {
  readonly tiers: readonly Tier[]
}

/** What is known about a tool without running it. */
export interface ToolFacts {
  /** Unique over all toolsets; letters and digits, beginning with a lower-case letter. */
  readonly name: string
  readonly title: string
  /** For the model: what the tool does, when to use it, which tool gives it its ids. */
  readonly description: string
  readonly tier: Tier
  readonly product: ToolProduct
  /** Every operation that a run may call. Upstream scopes follow from it. */
  readonly uses: readonly OperationSpec[]
  /** Deleting operations among `uses` whose effect another call takes back, such as watching no longer. */
  readonly reversible?: readonly OperationSpec[]
  /** Use `z.strictObject`, and describe each member. */
  readonly input: z.ZodObject
  readonly output?: z.ZodObject
  /** Other spellings of arguments that are accepted and not listed. */
  readonly accepts?: ArgumentChange
  /** Whether repeating a call with the same arguments changes nothing more. Reading tools are by themselves. */
  readonly idempotent?: boolean
  /** Present when a call of it means another tool, which its arguments name. */
  readonly dispatch?: Dispatch
  /** Whether a run calls `context.progress`. Its answer is then streamed to a caller who asked for progress. */
  readonly reportsProgress?: boolean
}

/** Arguments that passed the schema, tied to the run that takes them. */
export interface BoundCall<Services> {
  readonly ok: true
  /** The arguments as the schema left them. */
  readonly input: Readonly<Record<string, unknown>>
  /** How deep these arguments reach. */
  readonly tier: Tier
  /** What was changed to make the arguments fit, as notes for the caller. */
  readonly notes: readonly string[]
  readonly run: (services: Services, context: ToolContext) => Promise<ToolReply>
}

/** Arguments that did not pass the schema. */
export interface UnboundCall {
  readonly ok: false
  readonly issues: readonly ArgumentIssue[]
}

/** A tool as the registry holds it: its facts, and one function that checks arguments and binds them to the run. */
export interface Tool<Services> extends ToolFacts {
  /** Checks what a caller sent. Touches nothing outside. */
  readonly bind: (raw: unknown, change?: ArgumentChange) => BoundCall<Services> | UnboundCall
}

/** A tool as its author writes it. */
export interface ToolDefinition<
  Services,
  Input extends z.ZodObject,
  Output extends z.ZodObject | undefined,
> extends Omit<ToolFacts, 'input' | 'output'> {
  readonly input: Input
  readonly output?: Output
  /** How deep a call with these arguments reaches, where that differs from the tool's tier. */
  readonly tierOf?: (input: z.output<Input>) => Tier
  /** Does the work. Throws `ToolError`, or lets an error of the upstream through. */
  readonly run: (input: z.output<Input>, services: Services, context: ToolContext) => Promise<ReplyOf<Output>>
}

/**
 * Fixes the services that a family of tools needs, and returns what turns a definition into a tool. Types of input and
 * output follow from the schemas.
 */
export function toolFactory<Services>(): <
  Input extends z.ZodObject,
  Output extends z.ZodObject | undefined = undefined,
>(
  definition: ToolDefinition<Services, Input, Output>,
) => Tool<Services> {
  return ({ run, tierOf, input, output, ...facts }) => ({
    ...facts,
    input,
    ...(output && { output }),
    bind(raw, change) {
      const changed = changeArguments(raw, [change, facts.accepts])
      const parsed = input.safeParse(changed.arguments)
      if (!parsed.success) {
        return { ok: false, issues: issuesOf(parsed.error, { input, given: changed.arguments }) }
      }
      return {
        ok: true,
        input: parsed.data,
        tier: tierOf?.(parsed.data) ?? facts.tier,
        notes: changed.notes,
        run: (services, context) => run(parsed.data, services, context),
      }
    },
  })
}
