import type { Registry } from './registry.ts'
import type { ResultForm } from './result.ts'
import { permissionOf, tiers } from './tiers.ts'
import type { Tier } from './tiers.ts'
import type { Tool, ToolFacts } from './tool.ts'
import type { Toolset } from './toolset.ts'

/**
 * A choice of tools. Each member that is given narrows it, in this order: permissions, tiers, read-only, then toolsets
 * and names. The last two are read together: a tool stays when its toolset or the tool itself is named.
 */
export interface Selection {
  /** Permissions that exist at all. Tools of the platform need none. */
  readonly permissions?: readonly string[]
  readonly tiers?: readonly Tier[]
  readonly readOnly?: boolean
  readonly toolsets?: readonly string[]
  /** Names of tools; aliases count for their tool. */
  readonly names?: readonly string[]
  /** Lists every chosen tool. Default: the primary ones of each toolset, and all that toolsets and names single out. */
  readonly flat?: boolean
  /** How answers are given. Default: the server's. */
  readonly results?: ResultForm
}

/** A choice of tools: what may be called, and which of it a connection is shown without asking. */
export interface Chosen<Services> {
  readonly callable: readonly Tool<Services>[]
  readonly listed: readonly Tool<Services>[]
  /** Whether a tool that is made on demand may be called. */
  readonly admits: (tool: ChosenFacts, set: Pick<Toolset<Services>, 'id' | 'always'>) => boolean
}

/** What a choice looks at. */
type ChosenFacts = Pick<ToolFacts, 'name' | 'tier' | 'product'>

/** The tools that both choices leave, in the order of the registry. */
export function select<Services>(
  registry: Pick<Registry<Services>, 'toolsets' | 'resolve'>,
  wanted: Selection,
  limits: Selection,
): Chosen<Services> {
  const choices = [choiceOf(registry, limits), choiceOf(registry, wanted)]
  const admits: Chosen<Services>['admits'] = (tool, set) =>
    choices.every((choice) => chosen(tool, set, choice))
  const asked = choiceOf(registry, wanted)
  const left = registry.toolsets.map((set) => ({ set, tools: set.tools.filter((tool) => admits(tool, set)) }))
  return {
    admits,
    callable: left.flatMap(({ tools }) => tools),
    listed: left.flatMap(({ set, tools }) => tools.filter((tool) => shown(tool, set, asked))),
  }
}

function shown(
  { name }: ChosenFacts,
  { id, primary }: Pick<Toolset<never>, 'id' | 'primary'>,
  { flat, toolsets, named }: Choice,
): boolean {
  return (
    flat === true ||
    named.has(name) ||
    toolsets?.includes(id) === true ||
    primary === undefined ||
    primary.includes(name)
  )
}

/** What a choice names and nobody knows, as a sentence that lists what there is. */
export function unknownIn(
  registry: Pick<Registry<never>, 'toolsets' | 'tools' | 'resolve'>,
  wanted: Selection,
): string | undefined {
  const ids = registry.toolsets.map((set) => set.id)
  const toolset = wanted.toolsets?.find((id) => !ids.includes(id))
  if (toolset !== undefined) return `There is no toolset ${quoted(toolset)}. Toolsets: ${ids.join(', ')}.`
  const name = wanted.names?.find((given) => registry.resolve(given) === undefined)
  if (name === undefined) return undefined
  return `There is no tool ${quoted(name)}. Tools: ${registry.tools.map((tool) => tool.name).join(', ')}.`
}

interface Choice extends Selection {
  readonly named: ReadonlySet<string>
}

function choiceOf(registry: Pick<Registry<never>, 'resolve'>, selection: Selection): Choice {
  const named = selection.names?.map((name) => registry.resolve(name)?.tool.name ?? name)
  return { ...selection, named: new Set(named) }
}

function chosen(tool: ChosenFacts, set: Pick<Toolset<never>, 'id' | 'always'>, choice: Choice): boolean {
  const permission = permissionOf(tool)
  const { permissions, tiers: allowed = tiers, readOnly = false, toolsets, names } = choice
  if (permission !== undefined && permissions?.includes(permission) === false) return false
  if (!allowed.includes(tool.tier) || (readOnly && tool.tier !== 'read')) return false
  if (toolsets === undefined && names === undefined) return true
  const inSets = toolsets !== undefined && (set.always === true || toolsets.includes(set.id))
  return inSets || choice.named.has(tool.name)
}

function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 64))
}
