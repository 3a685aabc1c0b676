import type { ToolAlias } from '../aliases.ts'
import type { ListedTool } from '../listing.ts'
import type { Tier } from '../tiers.ts'
import type { Tool, ToolProduct } from '../tool.ts'
import type { ToolEntry } from '../toolset.ts'
import { createIndex } from './bm25.ts'
import type { Index } from './bm25.ts'
import { wordsOf } from './words.ts'

/** A tool that was found, before its schema is asked for. */
export interface FoundTool extends ToolEntry {
  /** Whether the connection lists it, so that it is called by its own name. */
  readonly listed: boolean
}

/** What to look for. */
export interface CatalogueQuery {
  readonly words: string
  readonly tier?: Tier
  readonly product?: ToolProduct
}

/** All that one kind of visit may call, to be searched. */
export interface Catalogue {
  /** The best first. A query that is the name of a tool, or of an alias, gives that tool alone. */
  readonly search: (query: CatalogueQuery) => Promise<readonly FoundTool[]>
  /** Its schemas; undefined for a name that this visit may not call. */
  readonly describe: (name: string) => Promise<ListedTool | undefined>
  /** Every name, for remarks about names that nobody knows. */
  readonly names: () => Promise<readonly string[]>
}

/** What a catalogue is made of. */
export interface CatalogueOptions<Services> {
  readonly tools: readonly Tool<Services>[]
  readonly listed: readonly Tool<Services>[]
  readonly aliases: readonly ToolAlias[]
  /** Entries of what is made on demand. */
  readonly more: () => Promise<readonly ToolEntry[]>
  readonly make: (name: string) => Promise<Tool<Services> | undefined>
  readonly listing: (tool: Tool<Services>) => ListedTool
}

/** How often the words of each part count. */
const weights = { name: 3, title: 2, aliases: 1, description: 1 } as const

/** Makes a catalogue. Its index is made by the first search. */
export function createCatalogue<Services>(options: CatalogueOptions<Services>): Catalogue {
  const { tools, aliases, listed, more, make, listing } = options
  const shown = new Set(listed.map(({ name }) => name))
  const own = new Map(tools.filter(({ dispatch }) => dispatch === undefined).map((tool) => [tool.name, tool]))
  const canonical = new Map(aliases.map(({ name, tool }) => [name.toLowerCase(), tool]))
  let indexing:
    | Promise<{ readonly entries: readonly FoundTool[]; readonly index: Index<FoundTool> }>
    | undefined

  async function indexed(): Promise<{
    readonly entries: readonly FoundTool[]
    readonly index: Index<FoundTool>
  }> {
    const entries = [...own.values(), ...(await more())].map(
      ({ name, title, description, tier, product }): FoundTool => ({
        name,
        title,
        description,
        tier,
        product,
        listed: shown.has(name),
      }),
    )
    const index = createIndex(entries.map((entry) => ({ item: entry, words: wordsIn(entry, aliases) })))
    return { entries, index }
  }

  const prepared = (): NonNullable<typeof indexing> => (indexing ??= indexed())

  return {
    async search({ words, tier, product }) {
      const { entries, index } = await prepared()
      const name = words.trim().toLowerCase()
      const exact = entries.filter(
        (entry) => entry.name.toLowerCase() === (canonical.get(name) ?? name).toLowerCase(),
      )
      const found = exact.length > 0 ? exact : index(wordsOf(words)).map(({ item }) => item)
      return found.filter(
        (entry) =>
          (tier === undefined || entry.tier === tier) && (product === undefined || entry.product === product),
      )
    },
    async describe(name) {
      const tool = own.get(name) ?? (await make(name))
      return tool && listing(tool)
    },
    async names() {
      return (await prepared()).entries.map((entry) => entry.name)
    },
  }
}

function wordsIn({ name, title, description }: ToolEntry, aliases: readonly ToolAlias[]): readonly string[] {
  const others = aliases.filter((alias) => alias.tool === name).map((alias) => alias.name)
  return [
    ...repeated(wordsOf(name), weights.name),
    ...repeated(wordsOf(title), weights.title),
    ...repeated(wordsOf(others.join(' ')), weights.aliases),
    ...repeated(wordsOf(description), weights.description),
  ]
}

function repeated(words: readonly string[], times: number): readonly string[] {
  return Array.from({ length: times }, () => words).flat()
}
