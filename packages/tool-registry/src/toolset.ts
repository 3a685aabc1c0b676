import type { ToolAlias } from './aliases.ts'
import type { Tool } from './tool.ts'

/** Tools that belong together and share their services. */
export interface Toolset<Services> {
  /** What clients write into `X-MCP-Toolsets`: lower-case letters, digits, hyphens. */
  readonly id: string
  readonly title: string
  readonly description: string
  /** In the order in which clients list them. */
  readonly tools: readonly Tool<Services>[]
  readonly aliases: readonly ToolAlias[]
  /** Whether its tools stay when a client chooses among toolsets: those that every other toolset leans on. */
  readonly always?: boolean
}

/** Puts tools together. The services it needs are those of all its tools. */
export function toolset<Services>(
  definition: Omit<Toolset<Services>, 'aliases'> & { readonly aliases?: readonly ToolAlias[] },
): Toolset<Services> {
  return { aliases: [], ...definition }
}
