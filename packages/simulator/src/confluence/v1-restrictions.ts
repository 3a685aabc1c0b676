import {
  addGroupToContentRestrictionByGroupId,
  addRestrictions,
  addUserToContentRestriction,
  checkContentPermission,
  deleteRestrictions,
  getContentRestrictionStatusForUser,
  getIndividualGroupRestrictionStatusByGroupId,
  getRestrictions,
  getRestrictionsByOperation,
  getRestrictionsForOperation,
  removeGroupFromContentRestriction,
  removeUserFromContentRestriction,
  updateRestrictions,
} from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import { asList, asObject, asText } from '../http/value.ts'
import type { Content, Restriction } from '../world/confluence-model.ts'
import { mayInSpace, mayRead, mayUpdate } from '../world/permissions.ts'
import { kinds } from './kinds.ts'
import {
  bodyOfV1,
  contentV1,
  isSiteAdmin,
  listReplyV1,
  refuseInputV1,
  refuseMissingV1,
  refuseRightV1,
  writableV1,
} from './v1-answers.ts'
import { type Restricted, restricted, restrictionView } from './v1-restriction-view.ts'

/** The operation that the path names; only two can be restricted (documented). */
function operationAt({ path }: Call): Restricted {
  const key = path['operationKey']
  return restricted.find((one) => one === key) ?? refuseInputV1('Only read and update can be restricted')
}

/** Who a restriction is to let in, as a body says it. */
interface Wanted {
  readonly operation: Restricted
  readonly people: readonly string[]
  readonly groups: readonly string[]
}

/** People and groups of this site, either in a list or in the member `results` of a list of version 1. */
function readMembers(given: unknown): readonly unknown[] {
  return asList(given) ?? asList(asObject(given)?.['results']) ?? []
}

function readWanted(call: Call): readonly Wanted[] {
  const { body } = call
  const value: unknown = body.kind === 'json' ? body.value : undefined
  const given = asList(value) ?? asList(asObject(value)?.['results'])
  if (!given) return refuseInputV1('A list of restrictions is needed')
  const { members, groups } = call.site
  return given.map((one) => {
    const entry = asObject(one)
    const operation = restricted.find((known) => known === entry?.['operation'])
    if (!operation) return refuseInputV1('Only read and update can be restricted')
    const restrictions = asObject(entry?.['restrictions'])
    const people = readMembers(restrictions?.['user']).map((user) => {
      const accountId = asText(asObject(user)?.['accountId']) ?? ''
      return members.has(accountId) ? accountId : refuseInputV1(`No user found with account id: ${accountId}`)
    })
    const groupIds = readMembers(restrictions?.['group']).map((group) => {
      const [id, name] = [asText(asObject(group)?.['id']), asText(asObject(group)?.['name'])]
      const known = [...groups.values()].find((candidate) => candidate.id === id || candidate.name === name)
      return known?.id ?? refuseInputV1(`No group found: ${id ?? name ?? ''}`)
    })
    return { operation, people, groups: groupIds }
  })
}

function list(call: Call, content: Content): Reply {
  const expand = new Set(call.query.list('expand'))
  return listReplyV1(call, restricted, {
    limit: 100,
    view: (operation) => restrictionView(call, content, { operation, expand }),
    more: { restrictionsHash: hashOf(content) },
  })
}

function hashOf(content: Content): string {
  const parts = restricted.flatMap((operation) => [
    ...content[operation].people,
    ...content[operation].groups,
  ])
  return Buffer.from(parts.join(',')).toString('base64url').slice(0, 24)
}

/** Adds restrictions, or puts them in the place of those there were. Nobody can shut out himself (inferred). */
function change(call: Call, replaces: boolean): Reply {
  const content = contentV1(call, call.path['id'])
  if (!mayUpdate(call.caller, call.site, content)) {
    return refuseMissingV1('You do not have permission to restrict this content')
  }
  const wanted = readWanted(call)
  const before = restricted.map((operation) => ({
    people: [...content[operation].people],
    groups: [...content[operation].groups],
  }))
  if (replaces) clear(content)
  for (const { operation, people, groups } of wanted) {
    for (const accountId of people) content[operation].people.add(accountId)
    for (const groupId of groups) content[operation].groups.add(groupId)
  }
  if (mayUpdate(call.caller, call.site, content)) return list(call, content)
  clear(content)
  for (const [index, operation] of restricted.entries()) {
    for (const accountId of before[index]?.people ?? []) content[operation].people.add(accountId)
    for (const groupId of before[index]?.groups ?? []) content[operation].groups.add(groupId)
  }
  return refuseInputV1('These restrictions would shut you out')
}

function clear(content: Content): void {
  for (const operation of restricted) {
    content[operation].people.clear()
    content[operation].groups.clear()
  }
}

/** The set that one person or group is in, or is to be in. */
interface Entry {
  readonly content: Content
  readonly set: Set<string>
  readonly id: string
}

function entryAt(call: Call, writes: boolean): Entry {
  const { site, path, query, caller } = call
  const content = writes ? writableV1(call, path['id']) : contentV1(call, path['id'])
  const restriction: Restriction = content[operationAt(call)]
  const groupId = path['groupId']
  if (groupId !== undefined) {
    if (!site.groups.has(groupId)) return refuseMissingV1(`No group found with id: ${groupId}`)
    return { content, set: restriction.groups, id: groupId }
  }
  const accountId = query.text('accountId') ?? caller.person?.accountId ?? ''
  if (!site.members.has(accountId)) return refuseMissingV1(`No user found with account id: ${accountId}`)
  return { content, set: restriction.people, id: accountId }
}

/** 200 for who is in, 404 for who is not (documented). */
function status(call: Call): Reply {
  const { set, id } = entryAt(call, false)
  return set.has(id) ? { status: 200 } : refuseMissingV1('The restriction does not apply')
}

function add(call: Call): Reply {
  const { content, set, id } = entryAt(call, true)
  const wasThere = set.has(id)
  set.add(id)
  if (!mayUpdate(call.caller, call.site, content)) {
    if (!wasThere) set.delete(id)
    return refuseInputV1('This restriction would shut you out')
  }
  return { status: 200 }
}

function remove(call: Call): Reply {
  const { set, id } = entryAt(call, true)
  set.delete(id)
  return { status: 200 }
}

const checks: Readonly<Record<string, (call: Call, content: Content, accountId: string) => boolean>> = {
  read: ({ site, world }, content, accountId) =>
    mayRead({ person: world.people.get(accountId), via: 'basic' }, site, content),
  update: ({ site, world }, content, accountId) =>
    mayUpdate({ person: world.people.get(accountId), via: 'basic' }, site, content),
  delete: ({ site, world }, content, accountId) => {
    const caller = { person: world.people.get(accountId), via: 'basic' } as const
    const space = site.confluence.spaces.get(content.spaceId)
    const { target } = kinds[content.type]
    return (
      mayRead(caller, site, content) &&
      space !== undefined &&
      mayInSpace(caller, site, { space, key: 'delete', target })
    )
  },
}

/** Whether somebody may do something, all told; asking about others is for administrators (documented). */
function check(call: Call): Reply {
  const content = contentV1(call, call.path['id'])
  const body = bodyOfV1(call)
  const subject = asObject(body['subject'])
  const [type, identifier] = [subject?.['type'], asText(subject?.['identifier']) ?? '']
  const test = checks[asText(body['operation']) ?? ''] ?? refuseInputV1('The operation is missing')
  if (identifier !== call.caller.person?.accountId && !isSiteAdmin(call)) {
    return refuseRightV1('Only administrators can check the permissions of others')
  }
  const group = call.site.groups.get(identifier)
  const people = type === 'group' ? [...(group?.members ?? [])] : [identifier]
  if (type === 'group' ? !group : !call.site.members.has(identifier)) {
    return refuseInputV1(`There is no ${asText(type) ?? 'subject'} ${identifier}`)
  }
  const hasPermission = people.length > 0 && people.every((accountId) => test(call, content, accountId))
  return ok({ hasPermission, errors: [], _links: {} })
}

const lookups = ['key', 'username', 'accountId'] as const

export const restrictionHandlers: readonly Served[] = [
  serve(getRestrictions, ['expand', 'start', 'limit'], (call) =>
    list(call, contentV1(call, call.path['id'])),
  ),
  serve(updateRestrictions, ['expand'], (call) => change(call, true)),
  serve(addRestrictions, ['expand'], (call) => change(call, false)),
  serve(deleteRestrictions, ['expand'], (call) => {
    const content = writableV1(call, call.path['id'])
    clear(content)
    return list(call, content)
  }),
  serve(getRestrictionsByOperation, ['expand'], (call) => {
    const content = contentV1(call, call.path['id'])
    const expand = new Set(call.query.list('expand'))
    const views = restricted.map((operation) => [
      operation,
      restrictionView(call, content, { operation, expand }),
    ])
    return ok(Object.fromEntries(views))
  }),
  serve(getRestrictionsForOperation, ['expand', 'start', 'limit'], (call) => {
    const content = contentV1(call, call.path['id'])
    const expand = new Set([...call.query.list('expand'), 'restrictions.user', 'restrictions.group'])
    return ok(restrictionView(call, content, { operation: operationAt(call), expand }))
  }),
  serve(getIndividualGroupRestrictionStatusByGroupId, [], status),
  serve(addGroupToContentRestrictionByGroupId, [], add),
  serve(removeGroupFromContentRestriction, [], remove),
  serve(getContentRestrictionStatusForUser, lookups, status),
  serve(addUserToContentRestriction, lookups, add),
  serve(removeUserFromContentRestriction, lookups, remove),
  serve(checkContentPermission, [], check),
]
