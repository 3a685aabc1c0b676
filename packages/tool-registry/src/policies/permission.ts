import type { Problem } from '../problem.ts'
import { holds, permissionOf } from '../tiers.ts'
import type { Permission } from '../tiers.ts'
import type { Person, ToolFacts } from '../tool.ts'

/** The permission that a person's grant lacks for a tool. */
export function missingPermission(
  tool: Pick<ToolFacts, 'product' | 'tier'>,
  person: Pick<Person, 'scopes'>,
): Permission | undefined {
  const needed = permissionOf(tool)
  return holds(person.scopes, needed) ? undefined : needed
}

/** How the lack is told where HTTP 403 cannot be answered. */
export function permissionProblem(missing: Permission): Problem {
  return {
    verdict: 'refused',
    code: 'insufficient_scope',
    what: `Not done: this needs the permission ${missing}, which the person has not granted.`,
    written: 'no',
    next: 'Ask the person to reconnect this server in their client and to allow it.',
  }
}
