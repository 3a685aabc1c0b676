import { listingOf } from './listing.ts'
import type { ListedTool } from './listing.ts'
import { createLru } from './lru.ts'
import type { Registry, Resolved } from './registry.ts'
import { select, unknownIn } from './selection.ts'
import type { Selection } from './selection.ts'
import { holds, permissionOf } from './tiers.ts'
import type { Tool } from './tool.ts'
import type { Visit } from './visit.ts'
import { modernResult } from './wire.ts'
import type { Era, ServerInfo } from './wire.ts'

/** How long a client of revision 2026-07-28 may keep the list of tools. */
export const listTtlMs = 300_000

/** What one kind of visit can see and call. */
export interface View<Services> {
  readonly tools: readonly Tool<Services>[]
  /** The tool behind a name or alias, if this visit may call it. */
  readonly get: (name: string) => Resolved<Services> | undefined
  /** The encoded result of `tools/list`: made once. */
  readonly list: (era: Era) => string
}

/** A selection that names what nobody knows. */
export interface NoView {
  /** What is wrong, with what there is instead. */
  readonly unknown: string
}

/** Schemas converted once, views kept by what they depend on, least recently used first to go. */
export interface Prepared<Services> {
  readonly view: (
    visit: Pick<Visit<unknown>, 'wanted' | 'person' | 'challenge' | 'grantable'>,
  ) => View<Services> | NoView
  /** A tool as clients see it: converted once. */
  readonly listing: (tool: Tool<Services>) => ListedTool
}

/** What views are made from. */
export interface PreparedOptions<Services> {
  readonly registry: Registry<Services>
  readonly limits: Selection
  readonly info: ServerInfo
}

const mostViews = 64

/** Prepares a registry for serving. Converts a schema when it is first needed. */
export function createPrepared<Services>({
  registry,
  limits,
  info,
}: PreparedOptions<Services>): Prepared<Services> {
  const views = createLru<View<Services> | NoView>(mostViews)
  const listings = new Map<Tool<Services>, { readonly listed: ListedTool; readonly text: string }>()

  function listing(tool: Tool<Services>): { readonly listed: ListedTool; readonly text: string } {
    const known = listings.get(tool)
    if (known !== undefined) return known
    const listed = listingOf(tool)
    const made = { listed, text: JSON.stringify(listed) }
    listings.set(tool, made)
    return made
  }

  function viewOf(wanted: Selection, reachable: readonly string[] | undefined): View<Services> | NoView {
    const unknown = unknownIn(registry, wanted)
    if (unknown !== undefined) return { unknown }
    const tools = select(registry, wanted, limits).filter(
      (tool) => reachable === undefined || holds(reachable, permissionOf(tool)),
    )
    const visible = new Set(tools)
    const lists: { [Name in Era]?: string } = {}
    return {
      tools,
      get(name) {
        const resolved = registry.resolve(name)
        return resolved !== undefined && visible.has(resolved.tool) ? resolved : undefined
      },
      list(era) {
        lists[era] ??= encodedList(
          tools.map((tool) => listing(tool).text),
          era,
          info,
        )
        return lists[era]
      },
    }
  }

  return {
    listing: (tool) => listing(tool).listed,
    view(visit) {
      const reachable = reachableBy(visit)
      const key = JSON.stringify([visit.wanted, reachable])
      const known = views.get(key)
      if (known !== undefined) return known
      const made = viewOf(visit.wanted, reachable)
      views.set(key, made)
      return made
    },
  }
}

/** Permissions that the person has or could still give; undefined when there is no end to them. */
function reachableBy({
  person,
  challenge,
  grantable,
}: Pick<Visit<unknown>, 'person' | 'challenge' | 'grantable'>): readonly string[] | undefined {
  if (grantable !== undefined) return [...person.scopes, ...grantable]
  return challenge === undefined ? person.scopes : undefined
}

/** Joins tools that are encoded already. */
function encodedList(tools: readonly string[], era: Era, info: ServerInfo): string {
  const list = `{"tools":[${tools.join(',')}]`
  if (era === 'legacy') return `${list}}`
  const rest = JSON.stringify(modernResult({ ttlMs: listTtlMs, cacheScope: 'private' }, info))
  return `${list},${rest.slice(1)}`
}
