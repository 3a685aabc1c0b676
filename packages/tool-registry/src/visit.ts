import type { Selection } from './selection.ts'
import type { Tier } from './tiers.ts'
import type { Person, ToolFacts, ToolProduct, UpstreamCall } from './tool.ts'

/** What the app is told when it makes the services of one call. */
export interface ServiceCall {
  /** The canonical name of the tool. */
  readonly tool: string
  /** Of a reading tool, so that its client can refuse to write. */
  readonly tier: Tier
  readonly product: ToolProduct
  /** Whether the first request that would change something has to end the run with a `DryRunStop`. */
  readonly dryRun: boolean
  /** The arguments as the tool's schema left them; which site is meant stands in it. */
  readonly input: Readonly<Record<string, unknown>>
  readonly person: Person
  readonly signal: AbortSignal
  /** To be called for each request to the upstream. */
  readonly report: (call: UpstreamCall) => void
}

/** One policy of a limit, as it stands for this person. */
export interface LimitState {
  /** Its name, such as `user-hour`. */
  readonly policy: string
  readonly unit: string
  readonly limit: number
  readonly windowSeconds: number
  readonly remaining: number
  readonly resetSeconds: number
}

/** A call that a limit holds back. */
export interface LimitRefusal {
  readonly ok: false
  /** Until this very call could pass. */
  readonly retryAfterMs: number
  /** Names of the policies that are used up, the one to speak of first. */
  readonly violated: readonly string[]
  readonly limits: readonly LimitState[]
}

/** A person's limits, as the registry uses them. */
export interface Admission {
  /** Takes one call from the budget, or says when it could pass. */
  readonly take: (tool: Pick<ToolFacts, 'name' | 'tier'>) => { readonly ok: true } | LimitRefusal
  /** `RateLimit`, `RateLimit-Policy` as they stand now, and whatever else every answer to this person carries. */
  readonly headers: () => Readonly<Record<string, string>>
}

/** A person's request: who it is, what they want to see, and how their calls reach the upstream. */
export interface Visit<Services> {
  readonly person: Person
  /** What this connection asked for. The server's own limits narrow it further. */
  readonly wanted: Selection
  /** Makes what a tool works with. Called for each call, after its arguments were checked. */
  readonly services: (call: ServiceCall) => Promise<Services> | Services
  readonly admission?: Admission
  /** Answers HTTP 403 that asks for these permissions. Absent on connections without HTTP answers. */
  readonly challenge?: (permissions: readonly string[]) => Response
  /**
   * Permissions that this grant could still be widened to. Default: all, when there is a `challenge`; none beyond its
   * own otherwise. Tools beyond it are not listed.
   */
  readonly grantable?: readonly string[]
  /** Ends when the caller hangs up. */
  readonly signal: AbortSignal
}
