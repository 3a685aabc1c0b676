import type { ToolAlias } from './aliases.ts'
import { upstreamScopes } from './scopes.ts'
import { select } from './selection.ts'
import type { Selection } from './selection.ts'
import type { Tool } from './tool.ts'
import type { Toolset } from './toolset.ts'

/** The services that a toolset's tools are given. */
export type ServicesOf<Set> = Set extends Toolset<infer Services> ? Services : never

/** The services of several toolsets at once. */
export type AllServices<Set> = (Set extends unknown ? (services: ServicesOf<Set>) => void : never) extends (
  services: infer All,
) => void
  ? All
  : never

/** What a name that a caller used stands for. */
export interface Resolved<Services> {
  readonly tool: Tool<Services>
  /** Present when the name is another server's. */
  readonly alias?: ToolAlias
}

/** Tools of several toolsets, under unique names and in a fixed order. */
export interface Registry<Services> {
  readonly toolsets: readonly Toolset<Services>[]
  /** In the order of the toolsets, and within one in its own order. */
  readonly tools: readonly Tool<Services>[]
  /** The tool behind a canonical name or an alias. */
  readonly resolve: (name: string) => Resolved<Services> | undefined
  /**
   * The scopes to ask of Atlassian for a set of our permissions: for each operation of the tools behind them all
   * classic scopes, or else all granular ones. Sorted, without duplicates. With limits, only the tools that they leave.
   */
  readonly upstreamScopes: (permissions: readonly string[], limits?: Selection) => readonly string[]
}

/**
 * Puts toolsets together. Throws when two tools or aliases share a name, or an alias names no tool: that is a fault of
 * the program, found at start.
 */
export function createRegistry<const Sets extends readonly Toolset<never>[]>(
  sets: Sets,
): Registry<AllServices<Sets[number]>>
export function createRegistry(sets: readonly Toolset<never>[]): Registry<never> {
  const tools = sets.flatMap((set) => set.tools)
  const byName = new Map<string, Resolved<never>>()
  for (const tool of tools) add(byName, tool.name, { tool })
  for (const alias of sets.flatMap((set) => set.aliases)) {
    const target = byName.get(alias.tool)
    if (target === undefined || target.alias) {
      throw new Error(`The alias ${alias.name} names ${alias.tool}, which is not a tool.`)
    }
    add(byName, alias.name, { tool: target.tool, alias })
  }
  const known = { toolsets: sets, tools, resolve: (name: string) => byName.get(name) }
  return {
    ...known,
    upstreamScopes: (permissions, limits = {}) =>
      upstreamScopes(select(known, {}, limits).callable, permissions),
  }
}

function add(byName: Map<string, Resolved<never>>, name: string, resolved: Resolved<never>): void {
  if (byName.has(name)) throw new Error(`Two tools or aliases are named ${name}.`)
  byName.set(name, resolved)
}
