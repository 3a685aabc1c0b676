import type { Call } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import {
  type Dashboard,
  type Filter,
  noPersonal,
  type Personal,
  type Shared,
} from '../world/jira/sharing-model.ts'
import type { Site } from '../world/model.ts'
import { mayEdit, maySee } from './share-permissions.ts'

/** A filter that the caller may see; others are refused with 400, as if they were not there (documented). */
export function filterOf(call: Call, id: string | undefined, purpose: 'read' | 'write' = 'read'): Filter {
  const found = call.site.jira.filters.get(id ?? '')
  if (!found || !maySee(call, found)) {
    return refuse(
      jiraError(400, [
        'The selected filter is not available to you, perhaps it has been deleted or had its permissions changed.',
      ]),
    )
  }
  if (purpose === 'read' || mayEdit(call, found)) return found
  return refuse(jiraError(400, ['You do not have permission to change this filter.']))
}

/** A dashboard that the caller may see. */
export function dashboardOf(
  call: Call,
  id: string | undefined,
  purpose: 'read' | 'write' = 'read',
): Dashboard {
  const found = call.site.jira.dashboards.get(id ?? '')
  if (!found || !maySee(call, found)) {
    return refuse(jiraError(404, [`The dashboard with id '${id ?? ''}' does not exist.`]))
  }
  if (purpose === 'read' || mayEdit(call, found)) return found
  return refuse(jiraError(404, ['You do not have permission to change this dashboard.']))
}

/** What an account has set for itself; made when it is first asked for. */
export function personalOf({ jira }: Site, accountId: string): Personal {
  const known = jira.personal.get(accountId) ?? noPersonal()
  jira.personal.set(accountId, known)
  return known
}

type Narrowing = (shared: Shared) => boolean

/** The narrowings that the searches for filters and for dashboards have in common. */
function narrowings(call: Call, nameParameter: string): readonly Narrowing[] {
  const { query, site } = call
  const name = query.text(nameParameter)?.toLowerCase()
  const owner = query.text('accountId') ?? query.text('owner')
  const groupName = query.text('groupname')
  const groupId = query.text('groupId') ?? [...site.groups.values()].find((one) => one.name === groupName)?.id
  const projectId = query.text('projectId')
  const all: (Narrowing | false)[] = [
    name !== undefined && ((shared) => shared.name.toLowerCase().includes(name)),
    owner !== undefined && ((shared) => shared.ownerId === owner),
    (groupId !== undefined || groupName !== undefined) &&
      ((shared) => shared.share.some((share) => share.type === 'group' && share.groupId === groupId)),
    projectId !== undefined && ((shared) => shared.share.some((share) => share.projectId === projectId)),
  ]
  return all.filter((one) => one !== false)
}

const sortKeys: Readonly<Record<string, (shared: Shared, me: string) => string | number>> = {
  name: ({ name }) => name.toLowerCase(),
  id: ({ id }) => Number(id),
  description: ({ description }) => description,
  owner: ({ ownerId }) => ownerId,
  favourite_count: ({ favouriteOf }) => favouriteOf.size,
  favorite_count: ({ favouriteOf }) => favouriteOf.size,
  is_favourite: ({ favouriteOf }, me) => (favouriteOf.has(me) ? 0 : 1),
  is_favorite: ({ favouriteOf }, me) => (favouriteOf.has(me) ? 0 : 1),
}

/** What fits, in the order asked for. */
export function arranged<Item extends Shared>(
  call: Call,
  items: Iterable<Item>,
  nameParameter: string,
): readonly Item[] {
  const order = call.query.text('orderBy') ?? 'name'
  const me = call.caller.person?.accountId ?? ''
  const keyOf = sortKeys[order.replace(/^[+-]/, '')] ?? (({ name }: Shared): string => name.toLowerCase())
  const narrow = narrowings(call, nameParameter)
  const found = [...items]
    .filter((item) => maySee(call, item) && narrow.every((fits) => fits(item)))
    .toSorted((one, other) => (keyOf(one, me) < keyOf(other, me) ? -1 : 1))
  return order.startsWith('-') ? found.toReversed() : found
}
