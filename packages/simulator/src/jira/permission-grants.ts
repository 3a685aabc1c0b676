import { nextId } from '../world/ids.ts'
import type { Holder, PermissionGrant, ProjectPermission } from '../world/jira-model.ts'
import type { Site, World } from '../world/model.ts'

/** The grants of a scheme, each with a number of its own. */
export function numberGrants(
  { world, site }: { readonly world: World; readonly site: Site },
  entries: readonly (readonly [ProjectPermission, readonly Holder[]])[],
): Map<ProjectPermission, readonly PermissionGrant[]> {
  return new Map(
    entries.map(([permission, holders]) => [
      permission,
      holders.map((holder) => ({ ...holder, id: nextId(world, 'grant', site.cloudId) })),
    ]),
  )
}
