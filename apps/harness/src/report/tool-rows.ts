import { confluenceToolset } from '@telamon/confluence-tools'
import { jiraToolset } from '@telamon/jira-tools'
import { platformToolset } from '@telamon/platform-tools'
import { catalogueToolset } from '@telamon/tool-registry'
import type { Tier } from '@telamon/tool-registry'
import { listingOf } from '@telamon/tool-registry/testing'

import { tokensOf } from '../agents/tokens.ts'

/** One tool, and what it costs a model to read of it. */
export interface ToolRow {
  readonly toolset: string
  readonly name: string
  readonly title: string
  readonly description: string
  readonly tier: Tier
  /** Whether every connection lists it, as far as it may write. */
  readonly isPrimary: boolean
  /** Names of other servers that call it. */
  readonly aliases: readonly string[]
  /** Tokens (o200k) of its entry in the list, where answers are text. */
  readonly tokens: number
}

/** Every tool of every toolset, in the order in which clients list them. */
export function toolRows(): readonly ToolRow[] {
  return [platformToolset, catalogueToolset, jiraToolset, confluenceToolset].flatMap(
    ({ id, tools, aliases, primary }) =>
      tools.map((tool): ToolRow => {
        const { outputSchema: _data, ...listed } = listingOf(tool)
        const { name, title, description, tier } = tool
        return {
          toolset: id,
          name,
          title,
          description,
          tier,
          isPrimary: primary?.includes(name) ?? true,
          aliases: aliases.filter((alias) => alias.tool === name).map((alias) => alias.name),
          tokens: tokensOf(listed),
        }
      }),
  )
}

/** The tiers that a server offers unless it is told otherwise. */
const usualTiers: ReadonlySet<Tier> = new Set(['read', 'write'])

/** Whether a tool stands in the list of a server as it comes. */
export const isListed = ({ isPrimary, tier }: ToolRow): boolean => isPrimary && usualTiers.has(tier)
