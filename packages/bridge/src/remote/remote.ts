import type { Era } from '../revisions.ts'
import type { ServerDescription } from '../server-description.ts'
import type { StreamPosition } from './messages.ts'
import type { Transport } from './route.ts'

/** A connection with a server, in one of the two eras. */
export interface Remote {
  readonly era: Era
  readonly revision: string
  readonly transport: Transport
  readonly known: ServerDescription
  /** Headers that say to which connection a message belongs. */
  readonly headers: () => Readonly<Record<string, string>>
  /** After a refusal: opens the connection anew if the server has forgotten it, and says whether that was so. */
  readonly reopened: (refusal: RemoteRefusal) => Promise<boolean>
  /** Whether the stream of an answer can be taken up again at this position. */
  readonly canResume: (position: StreamPosition) => boolean
  /** Ends the connection on both sides, in bounded time. */
  readonly close: (signal: AbortSignal) => Promise<void>
}

/** What a server answered in place of a result. */
export interface RemoteRefusal {
  readonly status: number
  readonly body: string
  /** The headers the refused message was sent with. */
  readonly sent: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}
