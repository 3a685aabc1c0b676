import { membersOf } from './json/members.ts'
import type { Span } from './json/scan.ts'
import type { Request } from './message.ts'
import { textOf } from './message.ts'
import { namedBy } from './remote/headers.ts'
import type { Era } from './revisions.ts'
import { metaKeys } from './revisions.ts'

/** What the bridge has to know of a request's parameters. */
export interface RequestDetails {
  /** Modern: it says its revision itself. */
  readonly era: Era
  /** The tool, the prompt, or the address of the resource. */
  readonly name?: string
  /** The raw members of `_meta` that a modern host says who it is with. */
  readonly clientInfo?: string
  readonly capabilities?: string
  /** What a modern host gives back with the answers to a server's questions. */
  readonly requestState?: string
}

/** Reads the parameters of a request as far as they concern the bridge. */
export function readDetails({ bytes, method, params }: Request): RequestDetails {
  if (!params) return { era: 'legacy' }
  const members = membersOf(bytes, params)
  const text = (name: string | undefined): string | undefined => {
    const span = name === undefined ? undefined : members.get(name)
    const value: unknown = span && JSON.parse(textOf(bytes, span))
    return typeof value === 'string' ? value : undefined
  }
  const meta = members.get('_meta')
  const metaMembers = meta ? membersOf(bytes, meta) : noMembers
  const raw = (name: string): string | undefined => {
    const span = metaMembers.get(name)
    return span && textOf(bytes, span)
  }
  const [name, requestState] = [text(namedBy[method]), text('requestState')]
  const [clientInfo, capabilities] = [raw(metaKeys.clientInfo), raw(metaKeys.clientCapabilities)]
  return {
    era: metaMembers.has(metaKeys.protocolVersion) ? 'modern' : 'legacy',
    ...(name !== undefined && { name }),
    ...(clientInfo !== undefined && { clientInfo }),
    ...(capabilities !== undefined && { capabilities }),
    ...(requestState !== undefined && { requestState }),
  }
}

const noMembers: ReadonlyMap<string, Span> = new Map()
