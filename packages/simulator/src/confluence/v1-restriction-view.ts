import type { Call } from '../http/call.ts'
import type { Content } from '../world/confluence-model.ts'
import { address, groupView, userView } from './v1-view.ts'

/** What can be restricted on content (documented). */
export const restricted = ['read', 'update'] as const
export type Restricted = (typeof restricted)[number]

const listOf = (results: readonly unknown[]): unknown => ({
  results,
  start: 0,
  limit: 200,
  size: results.length,
})

/** Who may do one thing with content; the lists are there when `expand` names them (documented). */
export function restrictionView(
  call: Call,
  content: Content,
  { operation, expand }: { readonly operation: Restricted; readonly expand: ReadonlySet<string> },
): Record<string, unknown> {
  const { people, groups } = content[operation]
  const asked = (name: string): boolean =>
    [`restrictions.${name}`, `${operation}.restrictions.${name}`].some((path) => expand.has(path))
  const users = [...people].flatMap((accountId) => {
    const person = call.world.people.get(accountId)
    return person ? [userView(call, person)] : []
  })
  const named = [...groups].flatMap((id) => {
    const group = call.site.groups.get(id)
    return group ? [groupView(group)] : []
  })
  const self = address(`content/${content.id}/restriction/byOperation/${operation}`)
  return {
    operation,
    ...((asked('user') || asked('group')) && {
      restrictions: {
        ...(asked('user') && { user: listOf(users) }),
        ...(asked('group') && { group: listOf(named) }),
        _expandable: {
          ...(!asked('user') && { user: '' }),
          ...(!asked('group') && { group: '' }),
        },
      },
    }),
    _expandable: {
      ...(!asked('user') && !asked('group') && { restrictions: '' }),
      content: address(`content/${content.id}`),
    },
    _links: { self },
  }
}
