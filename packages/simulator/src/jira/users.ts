import {
  bulkGetUsers,
  findAssignableUsers,
  findUsers,
  getAllUsers,
  getAllUsersDefault,
  getCurrentUser,
  getUser,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { json, ok, refuse, type Reply } from '../http/reply.ts'
import type { Person } from '../world/model.ts'
import { may } from '../world/permissions.ts'
import { issueOf, projectOf } from './find.ts'
import { cut, pageBean, windowOf } from './page.ts'
import { listedUserView, userView } from './view.ts'

/** The accounts of the site, people first, in the order of their names. */
export function usersOf({ world, site }: Call): readonly Person[] {
  return [...site.members.keys()]
    .flatMap((accountId) => world.people.get(accountId) ?? [])
    .toSorted((one, other) => (one.displayName < other.displayName ? -1 : 1))
}

/** Words match the beginnings of names and addresses; an address that is hidden matches nothing (documented). */
export function matches(call: Call, person: Person, query: string): boolean {
  const words = query.toLowerCase()
  const email = person.emailHidden && person !== call.caller.person ? '' : person.email.toLowerCase()
  const names = [person.displayName, ...person.displayName.split(/\s+/)].map((name) => name.toLowerCase())
  return [...names, email].some((text) => text !== '' && text.startsWith(words))
}

/** One that was asked for by `accountId`, or all that fit `query`. One of the two has to be there (documented). */
export function wanted(call: Call, people: readonly Person[]): readonly Person[] {
  const [query, accountId] = [call.query.text('query'), call.query.text('accountId')]
  if (accountId !== undefined) return people.filter((person) => person.accountId === accountId)
  return query === undefined ? people : people.filter((person) => matches(call, person, query))
}

export const shownUsers = (call: Call, people: readonly Person[]): Reply =>
  ok(cut(people, windowOf(call, 50, 1000)).map((person) => listedUserView(call, person)))

/** The person asked for, with groups and applications when they are expanded (documented). */
function fullView(call: Call, person: Person): Record<string, unknown> {
  const expand = call.query.list('expand')
  const groups = [...call.site.groups.values()].filter(({ members }) => members.has(person.accountId))
  return {
    ...userView(call, person.accountId),
    locale: person.locale,
    groups: {
      size: groups.length,
      items: expand.includes('groups') ? groups.map(({ id, name }) => ({ name, groupId: id })) : [],
    },
    applicationRoles: { size: 1, items: [] },
    expand: 'groups,applicationRoles',
  }
}

function get(call: Call): Reply {
  const accountId = call.query.text('accountId')
  if (accountId === undefined) return jiraError(400, ['The account id is required.'])
  const person = usersOf(call).find((one) => one.accountId === accountId)
  return person
    ? ok(fullView(call, person))
    : jiraError(404, ['Specified user does not exist or you do not have required permissions'])
}

function assignable(call: Call): Reply {
  const { query, site } = call
  const issueName = query.text('issueKey') ?? query.text('issueId')
  const projectName = query.text('project')
  if (issueName === undefined && projectName === undefined) {
    return jiraError(400, ['Query parameters project, issueKey, and issueId are null or invalid.'])
  }
  const place = issueName === undefined ? { project: projectOf(call, projectName) } : issueOf(call, issueName)
  const people = usersOf(call).filter(
    (person) => person.active && may({ person, via: 'basic' }, 'ASSIGNABLE_USER', { site, ...place }),
  )
  return shownUsers(call, wanted(call, people))
}

export const userHandlers: readonly Served[] = [
  serve(getCurrentUser, ['expand'], (call) => {
    const { person } = call.caller
    if (person) return ok(fullView(call, person))
    return refuse(
      json(401, { message: 'Client must be authenticated to access this resource.', 'status-code': 401 }),
    )
  }),
  serve(getUser, ['accountId', 'expand'], get),
  serve(bulkGetUsers, ['startAt', 'maxResults', 'accountId'], (call) => {
    const ids = call.query.list('accountId')
    const people = usersOf(call).filter(({ accountId }) => ids.includes(accountId))
    const path = '/rest/api/3/user/bulk'
    const window = windowOf(call, 10, 200)
    return ok(pageBean(call, people, { path, window, view: (person) => userView(call, person.accountId) }))
  }),
  serve(findUsers, ['query', 'accountId', 'startAt', 'maxResults'], (call) => {
    if (call.query.text('query') === undefined && call.query.text('accountId') === undefined) {
      return call.query.names.includes('query')
        ? shownUsers(call, usersOf(call))
        : jiraError(400, ['A query parameter is required: query, accountId or property.'])
    }
    return shownUsers(call, wanted(call, usersOf(call)))
  }),
  serve(
    findAssignableUsers,
    ['query', 'accountId', 'project', 'issueKey', 'issueId', 'startAt', 'maxResults'],
    assignable,
  ),
  serve(getAllUsers, ['startAt', 'maxResults'], (call) => shownUsers(call, usersOf(call))),
  serve(getAllUsersDefault, ['startAt', 'maxResults'], (call) => shownUsers(call, usersOf(call))),
]
