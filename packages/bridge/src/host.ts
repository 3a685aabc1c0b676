import type { RequestDetails } from './details.ts'
import { membersOf } from './json/members.ts'
import { parseJsonObject } from './json/object.ts'
import type { Request } from './message.ts'
import { textOf } from './message.ts'
import { stampText } from './remote/probe.ts'
import type { HostIdentity } from './revisions.ts'

/** What is known of the program at the other end of the pipe. */
export interface Host {
  /** Undefined until its first request. A host may ask `server/discover` first and then turn out to be a legacy one. */
  readonly identity: () => HostIdentity | undefined
  /** Reads `initialize`. Returns the revision it asks for. */
  readonly initialize: (request: Request) => unknown
  /** Reads whatever another request says of the host. */
  readonly meet: (details: RequestDetails) => HostIdentity
  /** How much a legacy host wants to be told by a modern server. */
  readonly setLogLevel: (level: string) => void
  /** The members of `_meta` for a request to a modern server on behalf of a legacy host. */
  readonly stamp: () => string
}

/** Makes a host of which nothing is known. */
export function createHost(): Host {
  let identity: HostIdentity | undefined
  let logLevel: string | undefined
  let stamp: string | undefined

  function become(next: HostIdentity): HostIdentity {
    identity = next
    stamp = undefined
    return next
  }

  return {
    identity: () => identity,
    initialize({ bytes, params }) {
      const members = params ? membersOf(bytes, params) : undefined
      const raw = (name: string): string | undefined => {
        const span = members?.get(name)
        return span && textOf(bytes, span)
      }
      const clientInfo = raw('clientInfo')
      become({
        era: 'legacy',
        capabilities: raw('capabilities') ?? '{}',
        ...(clientInfo !== undefined && { clientInfo }),
        ...(params && { initialize: textOf(bytes, params) }),
      })
      return params && parseJsonObject(textOf(bytes, params))?.['protocolVersion']
    },
    meet({ era, clientInfo, capabilities = '{}' }) {
      return identity ?? become({ era, capabilities, ...(clientInfo !== undefined && { clientInfo }) })
    },
    setLogLevel(level) {
      logLevel = level
      stamp = undefined
    },
    stamp: () => (stamp ??= stampText(identity ?? { era: 'legacy', capabilities: '{}' }, logLevel)),
  }
}
