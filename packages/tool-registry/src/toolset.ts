import type { ToolAlias } from './aliases.ts'
import type { Prompt } from './prompt.ts'
import type { ResourceTemplate } from './resource.ts'
import type { Tool, ToolFacts } from './tool.ts'

/** A tool that is known by name before it is made. */
export interface ToolEntry extends Pick<ToolFacts, 'name' | 'title' | 'description' | 'tier' | 'product'> {}

/** Tools that are too many to hold ready: known by their entries, and made when one is called. */
export interface MoreTools<Services> {
  /** Read when somebody looks for a tool for the first time. */
  readonly entries: () => Promise<readonly ToolEntry[]>
  /** The tool of one entry. */
  readonly make: (name: string) => Promise<Tool<Services> | undefined>
}

/** Tools that belong together and share their services. */
export interface Toolset<Services> {
  /** What clients write into `X-MCP-Toolsets`: lower-case letters, digits, hyphens. */
  readonly id: string
  readonly title: string
  readonly description: string
  /** In the order in which clients list them. */
  readonly tools: readonly Tool<Services>[]
  readonly aliases: readonly ToolAlias[]
  /** Names of the tools that every connection lists; the others are found by `discover`. Default: all. */
  readonly primary?: readonly string[]
  /** What is callable beside `tools`, found by `discover` and never listed. */
  readonly more?: MoreTools<Services>
  /** What can be read at an address. Each is offered where its tool may be called. */
  readonly resources?: readonly ResourceTemplate[]
  readonly prompts?: readonly Prompt[]
  /** Whether its tools stay when a client chooses among toolsets: those that every other toolset leans on. */
  readonly always?: boolean
}

/** Puts tools together. The services it needs are those of all its tools. */
export function toolset<Services>(
  definition: Omit<Toolset<Services>, 'aliases'> & { readonly aliases?: readonly ToolAlias[] },
): Toolset<Services> {
  return { aliases: [], ...definition }
}
