import { isBridgeError } from './bridge-error.ts'
import { textMember } from './json/members.ts'
import type { Memory } from './memory.ts'
import type { Answer, Request } from './message.ts'
import { readMessage, resultOf } from './message.ts'
import type { Remote } from './remote/remote.ts'
import type { Listing } from './server-description.ts'
import { listings } from './server-description.ts'
import { isSignInProblem } from './sign-in/oauth-access.ts'
import type { Refinement } from './tools/refinement.ts'
import { toolsWithSignIn } from './tools/sign-in-tool.ts'
import { modernAnswerTo } from './translate/answers.ts'

/** Lists that are answered without the server, and what is owed to the host for it. */
export interface Lists {
  /** The answer where the server is known to have no such list. */
  readonly emptyFor: (request: Request, remote: Remote) => Buffer | undefined
  /** The answer where the server cannot be asked: what it said last, and the sign-in if that is what is missing. */
  readonly insteadOf: (request: Request, error: unknown) => Buffer | undefined
  /** Tells the host of the lists that it was given in this way, now that the server can be asked. */
  readonly catchUp: () => void
  /** Tells the host that all lists have changed that the server has. */
  readonly changed: (remote: Remote) => void
}

/** What the lists are made of. */
export interface ListsOptions {
  readonly memory: Memory
  readonly refinement: Refinement
  /** Sends a notification without parameters to the host. */
  readonly announce: (method: string) => void
}

/** Makes the lists of one bridge. */
export function createLists({ memory, refinement, announce }: ListsOptions): Lists {
  const owed = new Set<string>()
  return {
    emptyFor({ id, method }, { known }) {
      const listing = listingOf(method)
      if (!listing || Object.hasOwn(known.capabilities, listing.capability)) return undefined
      return resultOf(id, emptyList(listing))
    },
    insteadOf(request, error) {
      const listing = listingOf(request.method)
      if (!listing || textMember(request.bytes, request.params, 'cursor') !== undefined) return undefined
      const kept = memory.list(request.method)
      const cached = kept && refinement.remembered(request.method, kept)
      const result = isSignInProblem(error)
        ? withoutSignIn(request.method, cached)
        : isBridgeError(error, 'unreachable') || isBridgeError(error, 'outcome_unknown')
          ? cached
          : undefined
      if (result === undefined) return undefined
      owed.add(listing.changed)
      return modernAnswerTo(request, answerIn(resultOf(request.id, result)))
    },
    catchUp() {
      const methods = [...owed]
      owed.clear()
      for (const method of methods) announce(method)
    },
    changed({ known }) {
      const methods = Object.values(listings)
        .filter(({ capability }) => Object.hasOwn(known.capabilities, capability))
        .map(({ changed }) => changed)
      for (const method of new Set(methods)) announce(method)
    },
  }
}

/** Whether a request is for a list from its beginning. */
function listingOf(method: string): Listing | undefined {
  return Object.hasOwn(listings, method) ? listings[method] : undefined
}

function withoutSignIn(method: string, cached: string | undefined): string | undefined {
  if (method === 'tools/list') return toolsWithSignIn(cached)
  const listing = listingOf(method)
  return cached ?? (listing && emptyList(listing))
}

function emptyList({ member }: Listing): string {
  return `{"resultType":"complete","ttlMs":0,"cacheScope":"private",${JSON.stringify(member)}:[]}`
}

function answerIn(bytes: Buffer): Answer {
  const message = readMessage(bytes)
  if (message.kind !== 'answer') throw new Error('A remembered list does not make an answer.')
  return message
}
