import {
  addUserToGroupByGroupId,
  createGroup,
  getGroupByGroupId,
  getGroupMembersByGroupId,
  getGroups,
  removeGroupById,
  removeMemberFromGroupByGroupId,
  searchGroups,
} from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, json, ok, type Reply } from '../http/reply.ts'
import { asText } from '../http/value.ts'
import type { Group } from '../world/model.ts'
import { uuidOf } from '../world/random.ts'
import {
  bodyOfV1,
  isSiteAdmin,
  listReplyV1,
  refuseInputV1,
  refuseMissingV1,
  refuseRightV1,
} from './v1-answers.ts'
import { groupView, userView } from './v1-view.ts'

/** Groups of the site, which both products share. */

function groupOf({ site }: Call, id: string | undefined): Group {
  return site.groups.get(id ?? '') ?? refuseMissingV1(`No group found with id: ${id ?? ''}`)
}

/** Groups are changed by whoever administers the site (documented). */
function adminOnly(call: Call): void {
  if (!isSiteAdmin(call)) refuseRightV1('Only administrators of the site can change groups')
}

const byName = (one: Group, other: Group): number => one.name.localeCompare(other.name)

function list(call: Call, groups: readonly Group[], more: Readonly<Record<string, unknown>> = {}): Reply {
  return listReplyV1(call, groups.toSorted(byName), { view: groupView, limit: 200, more })
}

function create(call: Call): Reply {
  adminOnly(call)
  const name = asText(bodyOfV1(call)['name'])?.trim() ?? ''
  if (name === '') return refuseInputV1('A group needs a name')
  const { groups, cloudId } = call.site
  if ([...groups.values()].some((group) => group.name === name)) {
    return refuseInputV1(`A group with the name ${name} already exists`)
  }
  const group: Group = { id: uuidOf(`group ${cloudId} ${name}`), name, members: new Set() }
  groups.set(group.id, group)
  return json(201, groupView(group))
}

/** The person that a query or a body names, who has to be of this site. */
function memberOf({ site }: Call, accountId: string | undefined): string {
  return site.members.has(accountId ?? '')
    ? (accountId ?? '')
    : refuseMissingV1(`No user found with account id: ${accountId ?? ''}`)
}

function members(call: Call): Reply {
  const { members: ids } = groupOf(call, call.path['groupId'])
  const people = [...ids].flatMap((accountId) => call.world.people.get(accountId) ?? [])
  return listReplyV1(call, people, {
    view: (person) => userView(call, person),
    limit: 200,
    ...(call.query.flag('shouldReturnTotalSize') && { more: { totalSize: people.length } }),
  })
}

export const groupHandlers: readonly Served[] = [
  serve(getGroups, ['start', 'limit', 'accessType'], (call) => {
    const type = call.query.text('accessType')
    const admins = new Set([...call.site.members].flatMap(([id, { admin }]) => (admin ? [id] : [])))
    const groups = [...call.site.groups.values()]
    const found =
      type === 'site-admin' || type === 'admin'
        ? groups.filter(({ members: ids }) => ids.size > 0 && [...ids].every((id) => admins.has(id)))
        : groups
    return list(call, found)
  }),
  serve(createGroup, [], create),
  serve(getGroupByGroupId, ['id'], (call) => ok(groupView(groupOf(call, call.query.text('id'))))),
  serve(removeGroupById, ['id'], (call) => {
    adminOnly(call)
    const { id } = groupOf(call, call.query.text('id'))
    call.site.groups.delete(id)
    return empty()
  }),
  serve(searchGroups, ['query', 'start', 'limit', 'shouldReturnTotalSize'], (call) => {
    const wanted = call.query.text('query')?.toLowerCase() ?? ''
    const found = [...call.site.groups.values()].filter(({ name }) => name.toLowerCase().includes(wanted))
    return list(call, found, call.query.flag('shouldReturnTotalSize') ? { totalSize: found.length } : {})
  }),
  serve(getGroupMembersByGroupId, ['start', 'limit', 'shouldReturnTotalSize', 'expand'], members),
  serve(addUserToGroupByGroupId, ['groupId'], (call) => {
    adminOnly(call)
    const group = groupOf(call, call.query.text('groupId'))
    group.members.add(memberOf(call, asText(bodyOfV1(call)['accountId'])))
    return { status: 201 }
  }),
  serve(removeMemberFromGroupByGroupId, ['groupId', 'accountId', 'key', 'username'], (call) => {
    adminOnly(call)
    const group = groupOf(call, call.query.text('groupId'))
    const accountId = memberOf(call, call.query.text('accountId'))
    if (!group.members.delete(accountId)) return refuseMissingV1('This person is not in the group')
    return empty()
  }),
]
