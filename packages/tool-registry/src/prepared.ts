import type { Catalogue } from './catalogue/catalogue.ts'
import { createCatalogue } from './catalogue/catalogue.ts'
import { listingOf } from './listing.ts'
import type { ListedTool } from './listing.ts'
import { createLru } from './lru.ts'
import type { Prompt } from './prompt.ts'
import type { Registry, Resolved } from './registry.ts'
import type { ResourceTemplate } from './resource.ts'
import type { ResultForm } from './result.ts'
import { select, unknownIn } from './selection.ts'
import type { Selection } from './selection.ts'
import { holds, permissionOf } from './tiers.ts'
import type { Tier } from './tiers.ts'
import type { Tool, ToolFacts } from './tool.ts'
import type { Visit } from './visit.ts'
import { modernResult } from './wire.ts'
import type { Era, ServerInfo } from './wire.ts'

/** How long a client of revision 2026-07-28 may keep the list of tools. */
export const listTtlMs = 300_000

/** One page of the list of tools. */
interface ListPage<Services> {
  readonly tools: readonly Tool<Services>[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string
}

/** What one kind of visit can see and call. */
export interface View<Services> {
  /** What the visit is shown: a part of what it may call. */
  readonly listed: readonly Tool<Services>[]
  /** How its answers are given. */
  readonly results: ResultForm
  /** The tool behind a name or alias, if this visit may call it. */
  readonly get: (name: string) => Resolved<Services> | undefined
  /** The same for a tool that is made on demand. */
  readonly make: (name: string) => Promise<Resolved<Services> | undefined>
  /** Whether this visit may reach so deep in a product. */
  readonly reaches: (tool: Pick<ToolFacts, 'name' | 'product'>, tier: Tier) => boolean
  readonly resources: readonly ResourceTemplate[]
  readonly prompts: readonly Prompt[]
  /** All that may be called, to be searched. */
  readonly catalogue: Catalogue
  /** The encoded result of `tools/list`, its first page: made once. */
  readonly list: (era: Era) => string
  /** One page; undefined for a cursor that no page gave. */
  readonly page: (cursor: string | undefined) => ListPage<Services> | undefined
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
  /** A tool as clients see it, in a view or whole: converted once. */
  readonly listing: (tool: Tool<Services>, results?: ResultForm) => ListedTool
}

/** What views are made from. */
export interface PreparedOptions<Services> {
  readonly registry: Registry<Services>
  readonly limits: Selection
  readonly info: ServerInfo
  /** How answers are given to who does not say. */
  readonly results: ResultForm
  /** Most tools on one page of the list. */
  readonly pageSize: number
}

const mostViews = 64

/** A tool as clients see it: with the schema of its data, and without where answers are text. */
interface Listing {
  readonly whole: ListedTool
  readonly ofText: ListedTool
  readonly wholeText: string
  readonly textOnly: string
}

/** Prepares a registry for serving. Converts a schema when it is first needed. */
export function createPrepared<Services>({
  registry,
  limits,
  info,
  results: usualResults,
  pageSize,
}: PreparedOptions<Services>): Prepared<Services> {
  const views = createLru<View<Services> | NoView>(mostViews)
  const listings = new Map<Tool<Services>, Listing>()

  function listing(tool: Tool<Services>): Listing {
    const known = listings.get(tool)
    if (known !== undefined) return known
    const whole = listingOf(tool)
    const { outputSchema: _data, ...ofText } = whole
    const made = { whole, ofText, wholeText: JSON.stringify(whole), textOnly: JSON.stringify(ofText) }
    listings.set(tool, made)
    return made
  }

  function viewOf(wanted: Selection, reachable: readonly string[] | undefined): View<Services> | NoView {
    const unknown = unknownIn(registry, wanted)
    if (unknown !== undefined) return { unknown }
    const within = (tool: Pick<ToolFacts, 'tier' | 'product'>): boolean =>
      reachable === undefined || holds(reachable, permissionOf(tool))
    const chosen = select(registry, wanted, limits)
    const callable = new Set(chosen.callable.filter(within))
    const listed = chosen.listed.filter(within)
    const lists: { [Name in Era]?: string } = {}
    const results = wanted.results ?? usualResults
    const more = registry.toolsets.flatMap((set) => (set.more === undefined ? [] : [{ set, more: set.more }]))

    async function make(name: string): Promise<Resolved<Services> | undefined> {
      for (const { set, more: source } of more) {
        const tool = await source.make(name)
        if (tool !== undefined) return chosen.admits(tool, set) && within(tool) ? { tool } : undefined
      }
      return undefined
    }

    function page(cursor: string | undefined): ListPage<Services> | undefined {
      const start = cursor === undefined ? 0 : listed.findIndex(({ name }) => name === cursor)
      if (start === -1) return undefined
      const next = listed[start + pageSize]
      return {
        tools: listed.slice(start, start + pageSize),
        ...(next !== undefined && { nextCursor: next.name }),
      }
    }

    const get: View<Services>['get'] = (name) => {
      const resolved = registry.resolve(name)
      return resolved !== undefined && callable.has(resolved.tool) ? resolved : undefined
    }
    return {
      listed,
      results,
      resources: registry.toolsets
        .flatMap((set) => set.resources ?? [])
        .filter(({ tool }) => get(tool) !== undefined),
      prompts: registry.toolsets
        .flatMap((set) => set.prompts ?? [])
        .filter(({ tools }) => tools.every((tool) => get(tool) !== undefined)),
      get,
      make,
      reaches: ({ name, product }, tier) => {
        const set = registry.toolsets.find(({ tools }) => tools.some((tool) => tool.name === name))
        const facts = { name, product, tier }
        return within(facts) && chosen.admits(facts, set ?? { id: '' })
      },
      catalogue: createCatalogue({
        tools: [...callable],
        listed,
        aliases: registry.toolsets.flatMap((set) => set.aliases),
        more: async () => {
          const found = await Promise.all(
            more.map(async ({ set, more: source }) => {
              const entries = await source.entries()
              return entries.filter((entry) => chosen.admits(entry, set) && within(entry))
            }),
          )
          return found.flat()
        },
        make: async (name) => (await make(name))?.tool,
        listing: (tool) => listing(tool).whole,
      }),
      page,
      list(era) {
        const known = lists[era]
        if (known !== undefined) return known
        const { tools = [], nextCursor } = page(undefined) ?? {}
        const encoded = results === 'text' ? 'textOnly' : 'wholeText'
        const made = encodedList({
          tools: tools.map((tool) => listing(tool)[encoded]),
          nextCursor,
          era,
          info,
        })
        lists[era] = made
        return made
      },
    }
  }

  return {
    listing: (tool, results = 'both') => (results === 'text' ? listing(tool).ofText : listing(tool).whole),
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

interface List {
  /** Encoded already. */
  readonly tools: readonly string[]
  readonly nextCursor: string | undefined
  readonly era: Era
  readonly info: ServerInfo
}

function encodedList({ tools, nextCursor, era, info }: List): string {
  const cursor = nextCursor === undefined ? '' : `,"nextCursor":${JSON.stringify(nextCursor)}`
  const list = `{"tools":[${tools.join(',')}]${cursor}`
  if (era === 'legacy') return `${list}}`
  const rest = JSON.stringify(modernResult({ ttlMs: listTtlMs, cacheScope: 'private' }, info))
  return `${list},${rest.slice(1)}`
}
