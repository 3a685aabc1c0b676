import type { View } from './prepared.ts'
import type { Resolved } from './registry.ts'
import type { Visit } from './visit.ts'
import type { WireRequest } from './wire.ts'

/** One HTTP request on its way through the registry. */
export interface Exchange<Services> {
  readonly request: Request
  readonly visit: Visit<Services>
  readonly view: View<Services>
  /** The parsed body. */
  readonly body: unknown
  /** The body as a JSON-RPC request, when it is one. */
  readonly message: WireRequest | undefined
  /** Present when the message calls a tool that this visit may call. It was admitted then. */
  readonly call: ExchangedCall<Services> | undefined
}

/** The call of an exchange: the tool that is meant, also when another one was called to reach it. */
export interface ExchangedCall<Services> {
  readonly resolved: Resolved<Services>
  readonly arguments: unknown
  readonly via?: string
}
