import { toolFactory } from '@telamon/tool-registry'
import type { LimitState } from '@telamon/tool-registry'

/** Who signed in, as Atlassian says. A member that the account hides is absent. */
export interface Account {
  readonly accountId: string
  readonly name: string
  readonly email?: string
  /** An IANA name, such as `Europe/Berlin`. */
  readonly timeZone?: string
  /** Such as `en-GB`. */
  readonly locale?: string
}

/** A site that the connection may use. */
export interface AccessibleSite {
  readonly cloudId: string
  readonly name: string
  readonly url: string
  readonly products: readonly ('jira' | 'confluence' | 'jsm')[]
}

/** What the tools of this package need. */
export interface PlatformServices {
  readonly connection: {
    readonly account: (options: { readonly signal: AbortSignal }) => Promise<Account>
    /** The sites that the person allowed for this client, and no others. */
    readonly sites: (options: { readonly signal: AbortSignal }) => Promise<readonly AccessibleSite[]>
  }
  /** How the person stands with each limit that holds for them, without being charged. Absent: there are none. */
  readonly limits?: () => readonly LimitState[]
}

/** Turns a definition into a tool of the platform. */
export const defineTool = toolFactory<PlatformServices>()
