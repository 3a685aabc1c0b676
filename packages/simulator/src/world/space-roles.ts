import type { ConfluenceState, SpaceRole } from './confluence-model.ts'
import { uuidOf } from './random.ts'

/** What can be permitted in a space, written as operation and target (documented, and recorded beyond the document). */
const reading = ['read/space']
const commenting = ['create/comment', 'export/space']
const writing = [
  'create/page',
  'create/blogpost',
  'create/attachment',
  'update/page',
  'update/blogpost',
  'delete/page',
  'delete/blogpost',
  'delete/attachment',
  'archive/page',
]
const managing = [
  'delete/comment',
  'restrict_content/space',
  'manage_content/space',
  'manage_templates/space',
]
const ruling = ['administer/space', 'delete/space', 'archive_space/space', 'manage_users/space']

/** Every permission of a space, each with what it needs besides. */
export const spacePermissionIds: readonly string[] = [
  ...reading,
  ...commenting,
  ...writing,
  ...managing,
  ...ruling,
]

const system = (name: string, description: string, permissions: readonly string[]): SpaceRole => ({
  id: uuidOf(`space role ${name}`),
  type: 'SYSTEM',
  name,
  description,
  permissions,
})

/** The roles that every site has (documented: viewer, collaborator, manager, admin). */
const systemRoles: readonly SpaceRole[] = [
  system('Admin', 'Runs the space.', [...reading, ...commenting, ...writing, ...managing, ...ruling]),
  system('Manager', 'Keeps the content in order.', [...reading, ...commenting, ...writing, ...managing]),
  system('Collaborator', 'Writes content.', [...reading, ...commenting, ...writing]),
  system('Viewer', 'Reads content.', [...reading, ...commenting]),
]

/** The roles of a site: those that every site has, then its own. */
export function spaceRolesOf({ roles }: Pick<ConfluenceState, 'roles'>): readonly SpaceRole[] {
  return [...systemRoles, ...roles.values()]
}
