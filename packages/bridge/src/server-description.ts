import type { JsonObject } from './json/object.ts'
import { isJsonObject, objectIn, textIn } from './json/object.ts'
import type { Transport } from './remote/route.ts'
import type { Era } from './revisions.ts'
import { metaKeys } from './revisions.ts'

/** What a server says of itself. */
export interface ServerDescription {
  readonly capabilities: JsonObject
  readonly serverInfo: JsonObject
  readonly instructions?: string
}

/** Reads a result of `initialize` or of `server/discover`. */
export function readDescription(result: JsonObject): ServerDescription {
  const instructions = textIn(result, 'instructions')
  const named = objectIn(result, 'serverInfo')
  const serverInfo = 'name' in named ? named : objectIn(objectIn(result, '_meta'), metaKeys.serverInfo)
  return { capabilities: objectIn(result, 'capabilities'), serverInfo, ...(instructions && { instructions }) }
}

/** The methods that list something, with the capability they need and the member that holds the list. */
export const listings: Readonly<Record<string, Listing>> = {
  'tools/list': { capability: 'tools', member: 'tools', changed: 'notifications/tools/list_changed' },
  'prompts/list': { capability: 'prompts', member: 'prompts', changed: 'notifications/prompts/list_changed' },
  'resources/list': {
    capability: 'resources',
    member: 'resources',
    changed: 'notifications/resources/list_changed',
  },
  'resources/templates/list': {
    capability: 'resources',
    member: 'resourceTemplates',
    changed: 'notifications/resources/list_changed',
  },
}

/** One kind of list. */
export interface Listing {
  readonly capability: string
  readonly member: string
  readonly changed: string
}

/** What is remembered of a server between two runs. */
export interface CachedConnection {
  readonly era: Era
  /** Absent: by Streamable HTTP. */
  readonly transport?: Transport
  /** When the era was found out, in milliseconds since 1970. */
  readonly at: number
  readonly known: ServerDescription
  /** The raw results of the lists, by method. */
  readonly lists: Readonly<Record<string, string>>
}

/** Remembers one server. What it holds may be missing or old at any time. */
export interface ConnectionCache {
  readonly read: () => Promise<CachedConnection | undefined>
  readonly write: (connection: CachedConnection) => Promise<void>
  readonly remove: () => Promise<void>
}

/** Reads what a cache kept. Undefined when it is not whole. */
export function readCachedConnection(value: JsonObject | undefined): CachedConnection | undefined {
  const era = textIn(value, 'era')
  const { at, known, lists } = value ?? {}
  if ((era !== 'legacy' && era !== 'modern') || typeof at !== 'number' || !isJsonObject(known))
    return undefined
  const texts = Object.entries(isJsonObject(lists) ? lists : {}).filter(
    (entry): entry is [string, string] => Object.hasOwn(listings, entry[0]) && typeof entry[1] === 'string',
  )
  return {
    era,
    ...(value?.['transport'] === 'sse' && { transport: 'sse' }),
    at,
    known: readDescription(known),
    lists: Object.fromEntries(texts),
  }
}
