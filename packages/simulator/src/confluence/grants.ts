import type { Space, SpaceOperation, SpacePermission } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import type { Site, World } from '../world/model.ts'

const operations = (names: string): readonly SpaceOperation[] =>
  names.split(' ').map((name) => {
    const [key = '', targetType = ''] = name.split('/')
    return { key, targetType }
  })

/** What readers, writers and whoever made a space may do there (recorded, F-CF-15; a selection). */
export const reading = operations('read/space')
export const writing = operations(
  'create/page create/blogpost create/comment create/attachment delete/page delete/blogpost',
)
export const ruling = operations('delete/comment administer/space restrict_content/space')
/** What came later: `update`, archiving and the rest of what the service's own spaces have. */
export const writingToo = operations(
  'update/page update/blogpost archive/page delete/attachment export_content/space',
)
export const rulingToo = operations(
  'update/space delete/space archive_space/space export/space manage_content/space manage_templates/space manage_users/space',
)

export const everybody: SpacePermission['principal'] = { type: 'access-class', id: 'ALL_LICENSED_USERS' }

/** Adds permissions to a space. */
export function grant(
  { world, site }: { readonly world: World; readonly site: Site },
  space: Space,
  {
    principal,
    to,
  }: { readonly principal: SpacePermission['principal']; readonly to: readonly SpaceOperation[] },
): void {
  const added = to.map((operation) => ({
    id: nextId(world, 'permission', site.cloudId),
    principal,
    operation,
  }))
  space.permissions = [...space.permissions, ...added]
}
