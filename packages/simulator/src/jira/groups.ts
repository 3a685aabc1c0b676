import {
  addUserToGroup,
  bulkGetGroups,
  createGroup,
  findGroups,
  getGroup,
  getUserGroups,
  getUsersFromGroup,
  removeGroup,
  removeUserFromGroup,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { json, ok, refuse, type Reply } from '../http/reply.ts'
import { asText } from '../http/value.ts'
import type { Group, Person } from '../world/model.ts'
import { bodyOf } from './body.ts'
import { highlighted } from './highlight.ts'
import { pageBean, windowOf } from './page.ts'
import { administer, signedIn } from './rights.ts'
import { rest, userView } from './view.ts'

const address = (call: Call, { id }: Group): string => rest(call, `group?groupId=${id}`)

/** A group where it is only named. */
export function groupName(call: Call, group: Group): Record<string, unknown> {
  return { name: group.name, groupId: group.id, self: address(call, group) }
}

/** The group that the query names, by id or by name. One of the two has to be there (documented). */
function groupIn(call: Call): Group {
  const [id, name] = [call.query.text('groupId'), call.query.text('groupname')]
  if (id === undefined && name === undefined) {
    return refuse(jiraError(400, ['Either groupId or groupname has to be given.']))
  }
  const found = [...call.site.groups.values()].find((one) => one.id === id || one.name === name)
  return found ?? refuse(jiraError(404, [`The group '${id ?? name ?? ''}' does not exist.`]))
}

const inOrder = (groups: Iterable<Group>): readonly Group[] =>
  [...groups].toSorted((one, other) => (one.name < other.name ? -1 : 1))

const pickedAtMost = 20

/** Groups whose names have the words, for a picker (documented). */
export function foundGroups(call: Call): Record<string, unknown> {
  const { query, site } = call
  const words = query.text('query')?.toLowerCase() ?? ''
  const accountId = query.text('accountId')
  const without = new Set([...query.list('exclude'), ...query.list('excludeId')])
  const found = inOrder(site.groups.values())
    .filter(({ id, name }) => !without.has(id) && !without.has(name))
    .filter(({ name }) => name.toLowerCase().includes(words))
    .filter(({ members }) => accountId === undefined || members.has(accountId))
  const shown = found.slice(0, Math.max(0, query.integer('maxResults', pickedAtMost)))
  return {
    header: `Showing ${shown.length} of ${found.length} matching groups`,
    total: found.length,
    groups: shown.map(({ id, name }) => ({ name, html: highlighted(name, words), labels: [], groupId: id })),
  }
}

/** The members of a group who are there, in the order of their names. */
const membersOf = ({ world }: Call, { members }: Group): readonly Person[] =>
  [...members]
    .flatMap((accountId) => world.people.get(accountId) ?? [])
    .toSorted((one, other) => (one.displayName < other.displayName ? -1 : 1))

function groupView(call: Call, group: Group): Record<string, unknown> {
  const people = membersOf(call, group)
  const shown = call.query.list('expand').includes('users') ? people.slice(0, 50) : []
  return {
    ...groupName(call, group),
    users: {
      size: people.length,
      items: shown.map(({ accountId }) => userView(call, accountId)),
      'max-results': 50,
      'start-index': 0,
      'end-index': shown.length,
    },
    expand: 'users',
  }
}

function create(call: Call): Reply {
  administer(call)
  const name = asText(bodyOf(call)['name'])?.trim() ?? ''
  if (name === '') return jiraError(400, ['The group name must not be empty.'])
  if ([...call.site.groups.values()].some((group) => group.name === name)) {
    return jiraError(400, ['A group or user with this name already exists.'])
  }
  const group: Group = { id: call.random.uuid('group'), name, members: new Set() }
  call.site.groups.set(group.id, group)
  return json(201, groupView(call, group))
}

function add(call: Call): Reply {
  administer(call)
  const group = groupIn(call)
  const accountId = asText(bodyOf(call)['accountId']) ?? ''
  if (!call.site.members.has(accountId)) return jiraError(404, ['The user does not exist.'])
  if (group.members.has(accountId)) {
    return jiraError(400, [`Cannot add user. The user is already a member of '${group.name}'.`])
  }
  group.members.add(accountId)
  return json(201, groupView(call, group))
}

const shortView = ({ id, name }: Group): unknown => ({ name, groupId: id })

function search(call: Call): Reply {
  signedIn(call)
  const [ids, names] = [call.query.list('groupId'), call.query.list('groupName')]
  const found = inOrder(call.site.groups.values()).filter(
    ({ id, name }) => ids.length + names.length === 0 || ids.includes(id) || names.includes(name),
  )
  const path = '/rest/api/3/group/bulk'
  return ok(pageBean(call, found, { path, window: windowOf(call, 50), view: shortView }))
}

export const groupHandlers: readonly Served[] = [
  serve(findGroups, ['accountId', 'query', 'exclude', 'excludeId', 'maxResults', 'caseInsensitive'], (call) =>
    ok(foundGroups(call)),
  ),
  serve(bulkGetGroups, ['startAt', 'maxResults', 'groupId', 'groupName'], search),
  serve(getGroup, ['groupname', 'groupId', 'expand'], (call) => {
    signedIn(call)
    return ok(groupView(call, groupIn(call)))
  }),
  serve(createGroup, [], create),
  serve(removeGroup, ['groupname', 'groupId', 'swapGroup', 'swapGroupId'], (call) => {
    administer(call)
    const { id } = groupIn(call)
    call.site.groups.delete(id)
    return { status: 200 }
  }),
  serve(
    getUsersFromGroup,
    ['groupname', 'groupId', 'includeInactiveUsers', 'startAt', 'maxResults'],
    (call) => {
      signedIn(call)
      const group = groupIn(call)
      const all = call.query.flag('includeInactiveUsers')
      const people = membersOf(call, group).filter(({ active }) => active || all)
      const path = '/rest/api/3/group/member'
      const window = windowOf(call, 50)
      const view = ({ accountId }: Person): unknown => userView(call, accountId)
      return ok(pageBean(call, people, { path, window, view }))
    },
  ),
  serve(addUserToGroup, ['groupname', 'groupId'], add),
  serve(removeUserFromGroup, ['groupname', 'groupId', 'accountId'], (call) => {
    administer(call)
    const group = groupIn(call)
    const accountId = call.query.text('accountId') ?? ''
    if (!group.members.delete(accountId)) {
      return jiraError(400, [`Cannot remove user. The user is not a member of '${group.name}'.`])
    }
    return { status: 200 }
  }),
  serve(getUserGroups, ['accountId'], (call) => {
    signedIn(call)
    const accountId = call.query.text('accountId') ?? ''
    if (!call.site.members.has(accountId)) return jiraError(404, ['The user does not exist.'])
    const groups = inOrder(call.site.groups.values()).filter(({ members }) => members.has(accountId))
    return ok(groups.map((group) => groupName(call, group)))
  }),
]
