/** Which part of the server a request belonged to. Never its address, which may hold secrets. */
export type Route = 'mcp' | 'oauth' | 'metadata' | 'health' | 'landing' | 'none'

/** Why a request went no further than the gateway. */
export type RefusedBecause = 'host' | 'origin' | 'method' | 'address_limit' | 'selection' | 'overload'

/** A request that was answered. */
export interface AnsweredEvent {
  readonly type: 'answered'
  readonly route: Route
  readonly method: string
  readonly status: number
  readonly durationMs: number
  /** Whose request it was, when a token said so. */
  readonly subject?: string
  readonly grantId?: string
  readonly clientId?: string
  readonly refused?: RefusedBecause
}

/** A fault: an error that nobody expected, for the operator. It may hold text from outside. */
export interface FailedEvent {
  readonly type: 'failed'
  readonly route: Route
  readonly error: unknown
}

/** What the gateway tells its observer. Tokens, addresses and bodies are in none of it. */
export type GatewayEvent = AnsweredEvent | FailedEvent
