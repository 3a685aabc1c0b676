import type { ToolFacts, ToolProduct } from './tool.ts'

/**
 * How deep a tool may reach: `read` changes nothing; `write` makes or changes content and can be corrected; `delete`
 * removes, or cannot be undone; `manage` changes structure, administration, or who can see something.
 */
export type Tier = 'read' | 'write' | 'delete' | 'manage'

/** Every tier, the mildest first. */
export const tiers: readonly Tier[] = ['read', 'write', 'delete', 'manage']

/** A permission of the grant, such as `jira:write`. */
export type Permission = `${Exclude<ToolProduct, 'platform'>}:${'read' | 'write'}`

/** What clients show, and act on, before they call. */
export interface ToolHints {
  readonly readOnlyHint: boolean
  readonly destructiveHint: boolean
  readonly idempotentHint: boolean
  readonly openWorldHint: boolean
}

/** The permission a tool needs; none for tools of the platform. */
export function permissionOf(tool: Pick<ToolFacts, 'product' | 'tier'>): Permission | undefined {
  if (tool.product === 'platform') return undefined
  return `${tool.product}:${tool.tier === 'read' ? 'read' : 'write'}`
}

/** Whether granted permissions hold a needed one. Writing includes reading. */
export function holds(granted: readonly string[], needed: Permission | undefined): boolean {
  if (needed === undefined || granted.includes(needed)) return true
  return needed.endsWith(':read') && granted.includes(`${needed.slice(0, -':read'.length)}:write`)
}

/**
 * Follows from the tier, so that no tool can call itself harmless. The world is open for all of them: what they read
 * was written by people outside of the conversation.
 */
export function hintsOf(tool: Pick<ToolFacts, 'tier' | 'idempotent'>): ToolHints {
  return {
    readOnlyHint: tool.tier === 'read',
    destructiveHint: tool.tier === 'delete' || tool.tier === 'manage',
    idempotentHint: tool.tier === 'read' || tool.idempotent === true,
    openWorldHint: true,
  }
}
