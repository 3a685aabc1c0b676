import type { OperationSpec } from '@telamon/rest'

import { holds, permissionOf } from './tiers.ts'
import type { ToolFacts } from './tool.ts'

/**
 * The upstream scopes behind our permissions. A token needs all classic or all granular scopes of an operation; the
 * classic ones are taken where the record names them, which is so for the platforms of Jira and Confluence v1, and the
 * granular ones elsewhere. Tools of the platform are always counted.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/scopes-for-oauth-2-3LO-and-forge-apps/
 */
export function upstreamScopes(
  tools: readonly Pick<ToolFacts, 'product' | 'tier' | 'uses'>[],
  permissions: readonly string[],
): readonly string[] {
  const allowed = tools.filter((tool) => holds(permissions, permissionOf(tool)))
  const scopes = allowed.flatMap((tool) => tool.uses).flatMap(scopesOf)
  return [...new Set(scopes)].toSorted()
}

function scopesOf({ scopes }: Pick<OperationSpec, 'scopes'>): readonly string[] {
  return scopes.classic ?? scopes.granular ?? []
}
