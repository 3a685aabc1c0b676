import type { ArgumentChange } from './arguments.ts'

/**
 * Another name that a tool answers to, with the way its arguments are written there. An alias is answered and not
 * listed; it has the tier, the permission and the selection of its tool.
 */
export interface ToolAlias extends ArgumentChange {
  readonly name: string
  /** The canonical name of the tool. */
  readonly tool: string
}

/** What the answer to an alias says, so that the caller learns the canonical name. */
export function aliasNote(alias: Pick<ToolAlias, 'name' | 'tool'>): string {
  return `${alias.name} is another name for ${alias.tool}; prefer ${alias.tool}.`
}
