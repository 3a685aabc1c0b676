import {
  findBulkAssignableUsers,
  findUserKeysByQuery,
  findUsersAndGroups,
  findUsersByQuery,
  findUsersForPicker,
  findUsersWithAllPermissions,
  findUsersWithBrowsePermission,
} from '@telamon/jira/operations'

import { avatarUrl } from '../auth/avatars.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok, refuse, type Reply } from '../http/reply.ts'
import type { Issue, Project } from '../world/jira-model.ts'
import type { Person } from '../world/model.ts'
import { administersJira, may } from '../world/permissions.ts'
import { issueOf, projectOf, visibleProjects } from './find.ts'
import { foundGroups } from './groups.ts'
import { highlighted } from './highlight.ts'
import { pageBean, windowOf } from './page.ts'
import { isProjectPermission } from './permission-table.ts'
import { matches, shownUsers, usersOf, wanted } from './users.ts'
import { userView } from './view.ts'

const pickedAtMost = 50

/** People whose names or addresses begin with the words, for a picker (documented). */
function foundUsers(call: Call): Record<string, unknown> {
  const { query, origins } = call
  const words = query.text('query')?.toLowerCase() ?? ''
  const without = new Set([...query.list('exclude'), ...query.list('excludeAccountIds')])
  const found = usersOf(call).filter(
    (person) =>
      person.active &&
      person.accountType === 'atlassian' &&
      !without.has(person.accountId) &&
      matches(call, person, words),
  )
  const shown = found.slice(0, Math.max(0, query.integer('maxResults', pickedAtMost)))
  const withAvatar = query.flag('showAvatar')
  return {
    users: shown.map((person) => ({
      accountId: person.accountId,
      accountType: person.accountType,
      html: highlighted(person.displayName, words),
      displayName: person.displayName,
      ...(withAvatar && { avatarUrl: avatarUrl(origins, person, 16) }),
    })),
    total: found.length,
    header: `Showing ${shown.length} of ${found.length} matching users`,
  }
}

/** The issue or the project that the query is about; one of the two has to be there (documented). */
function placeOf(call: Call): { readonly project: Project; readonly issue?: Issue } {
  const [issueKey, projectKey] = [call.query.text('issueKey'), call.query.text('projectKey')]
  if (issueKey !== undefined) return issueOf(call, issueKey)
  if (projectKey !== undefined) return { project: projectOf(call, projectKey) }
  return refuse(jiraError(400, ['Either issueKey or projectKey has to be given.']))
}

function withPermissions(call: Call): Reply {
  const place = { site: call.site, ...placeOf(call) }
  const allowed = administersJira(call.caller, call.site) || may(call.caller, 'ADMINISTER_PROJECTS', place)
  if (!allowed) return jiraError(403, ['You do not have permission to see the permissions of others.'])
  const permissions = call.query.list('permissions')
  const unknown = permissions.find((name) => !isProjectPermission(name))
  if (permissions.length === 0 || unknown !== undefined) {
    return jiraError(400, [`The permission '${unknown ?? ''}' is not known.`])
  }
  const known = permissions.filter(isProjectPermission)
  const people = usersOf(call).filter(
    (person) => person.active && known.every((name) => may({ person, via: 'basic' }, name, place)),
  )
  return shownUsers(call, wanted(call, people))
}

/** People who can be assigned issues in all of the projects (documented). */
function assignableEverywhere(call: Call): Reply {
  const keys = call.query.list('projectKeys')
  const projects = visibleProjects(call).filter(({ key }) => keys.includes(key))
  if (keys.length === 0 || projects.length < new Set(keys).size) {
    return jiraError(404, ['One of the projects does not exist, or you cannot see it.'])
  }
  const people = usersOf(call).filter(
    (person) =>
      person.active &&
      projects.every((project) =>
        may({ person, via: 'basic' }, 'ASSIGNABLE_USER', { site: call.site, project }),
      ),
  )
  return shownUsers(call, wanted(call, people))
}

const relations: Readonly<Record<string, (issue: Issue) => readonly (string | null)[]>> = {
  assignee: ({ assigneeId }) => [assigneeId],
  reporter: ({ reporterId }) => [reporterId],
  watcher: ({ watchers }) => [...watchers],
  voter: ({ votes }) => [...votes],
  commenter: ({ comments }) => comments.map(({ authorId }) => authorId),
  transitioner: ({ history }) =>
    history.flatMap(({ authorId, items }) =>
      items.some(({ fieldId }) => fieldId === 'status') ? [authorId] : [],
    ),
}

/**
 * People by what they are to issues, such as `is assignee of (ALPHA-1, ALPHA-2)` and `is watcher of ALPHA`, with AND and
 * OR between (documented; people by their properties are not served and are refused).
 */
function byQuery(call: Call): readonly Person[] {
  const text = call.query.text('query') ?? ''
  const statements = text.split(/\s+(AND|OR)\s+/i)
  let found: Set<string | null> | undefined
  for (const [place, statement] of statements.entries()) {
    if (place % 2 === 1) continue
    const match = /^is\s+(\w+)\s+of\s+\(?([^()]+)\)?$/i.exec(statement.trim())
    const relation = relations[match?.[1]?.toLowerCase() ?? '']
    if (!match || !relation) {
      return refuse(jiraError(400, [`The statement '${statement}' cannot be read.`]))
    }
    const names = new Set((match[2] ?? '').split(',').map((name) => name.trim().toUpperCase()))
    const issues = [...call.site.jira.issues.values()].filter((issue) => {
      const project = call.site.jira.projects.get(issue.projectId)
      const named = project && (names.has(issue.key) || names.has(project.key))
      return named && may(call.caller, 'BROWSE_PROJECTS', { site: call.site, project, issue })
    })
    const people = new Set(issues.flatMap((issue) => relation(issue)))
    const before = found
    if (!before) found = people
    else if (statements[place - 1]?.toUpperCase() === 'AND') {
      found = new Set([...before].filter((accountId) => people.has(accountId)))
    } else found = new Set([...before, ...people])
  }
  return usersOf(call).filter(({ accountId }) => found?.has(accountId))
}

const keyView = ({ accountId }: Person): unknown => ({ key: accountId, accountId })

export const userPickerHandlers: readonly Served[] = [
  serve(
    findUsersForPicker,
    [
      'query',
      'maxResults',
      'showAvatar',
      'exclude',
      'excludeAccountIds',
      'avatarSize',
      'excludeConnectUsers',
    ],
    (call) => ok(foundUsers(call)),
  ),
  serve(
    findUsersAndGroups,
    [
      ...(['query', 'maxResults', 'showAvatar', 'avatarSize', 'caseInsensitive'] as const),
      ...(['excludeConnectAddons', 'includeAiAgents'] as const),
    ],
    (call) => ok({ users: foundUsers(call), groups: foundGroups(call) }),
  ),
  serve(
    findUsersWithBrowsePermission,
    ['query', 'accountId', 'issueKey', 'projectKey', 'startAt', 'maxResults'],
    (call) => {
      const place = { site: call.site, ...placeOf(call) }
      const people = usersOf(call).filter(
        (person) => person.active && may({ person, via: 'basic' }, 'BROWSE_PROJECTS', place),
      )
      return shownUsers(call, wanted(call, people))
    },
  ),
  serve(
    findUsersWithAllPermissions,
    ['query', 'accountId', 'permissions', 'issueKey', 'projectKey', 'startAt', 'maxResults'],
    withPermissions,
  ),
  serve(
    findBulkAssignableUsers,
    ['query', 'accountId', 'projectKeys', 'startAt', 'maxResults'],
    assignableEverywhere,
  ),
  serve(findUsersByQuery, ['query', 'startAt', 'maxResults'], (call) => {
    const path = '/rest/api/3/user/search/query'
    const view = ({ accountId }: Person): unknown => userView(call, accountId)
    return ok(pageBean(call, byQuery(call), { path, window: windowOf(call, 100), view }))
  }),
  serve(findUserKeysByQuery, ['query', 'startAt', 'maxResult'], (call) => {
    const path = '/rest/api/3/user/search/query/key'
    return ok(pageBean(call, byQuery(call), { path, window: windowOf(call, 100), view: keyView }))
  }),
]
