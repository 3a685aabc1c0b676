import type { FunctionDef, Lookup } from '@telamon/query'

import { visibleProjects } from '../jira/find.ts'
import { isProjectPermission, projectPermissions } from '../jira/permission-table.ts'
import type { Issue, ProjectPermission } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { type Asker, person, visibleIssues } from './jql-values.ts'

const millisecondsOf: Readonly<Record<string, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
}

/** A day such as `2026/11/23`, or a time ago such as `-8d`; undefined for anything else. */
function momentOf(text: string, now: number): number | undefined {
  const ago = /^-(\d{1,5})([wdhm])$/.exec(text)
  if (ago) return now - Number(ago[1]) * (millisecondsOf[ago[2] ?? ''] ?? 0)
  const day = Date.parse(text.replaceAll('/', '-'))
  return /^\d{4}[/-]\d{2}[/-]\d{2}$/.test(text) && !Number.isNaN(day) ? day : undefined
}

/** When somebody changed an issue: made it, edited it, commented on it or logged time. */
function touches(issue: Issue, accountId: string): readonly number[] {
  return [
    ...(issue.creatorId === accountId ? [issue.created] : []),
    ...issue.history.filter(({ authorId }) => authorId === accountId).map(({ created }) => created),
    ...issue.comments.filter(({ authorId }) => authorId === accountId).map(({ created }) => created),
    ...issue.worklogs.filter((worklog) => worklog.authorId === accountId).map(({ created }) => created),
  ]
}

/** `updatedBy(user, from, to)`: issues that somebody changed, within the times when they are given (documented). */
function updatedBy(asker: Asker): FunctionDef['call'] {
  return ([name = '', from, to], lookup) => {
    const found = person(asker)(name, lookup)
    if (found === undefined) return { problem: `The user '${name}' does not exist.` }
    const accounts = (Array.isArray(found) ? found : [found]).map(String)
    const now = asker.clock.now()
    const [start, end] = [from, to].map((text) => (text === undefined ? undefined : momentOf(text, now)))
    if ((from !== undefined && start === undefined) || (to !== undefined && end === undefined)) {
      return { problem: 'The date has to be written as 2026/11/23, or as a time ago such as -8d.' }
    }
    const within = (moment: number): boolean => moment >= (start ?? 0) && moment <= (end ?? now)
    return visibleIssues(asker)
      .filter((issue) => accounts.some((accountId) => touches(issue, accountId).some(within)))
      .map(({ id }) => id)
  }
}

/** The permission that a name or key stands for. */
function permissionNamed(name: string): ProjectPermission | undefined {
  const wanted = name.toLowerCase()
  return Object.keys(projectPermissions)
    .filter(isProjectPermission)
    .find((key) => [key.toLowerCase(), projectPermissions[key].name.toLowerCase()].includes(wanted))
}

/** When the asker signed in, the last time first. Who never did, because of a token of old, was always there (inferred). */
function loginsOf({ world, caller }: Asker): readonly number[] {
  const accountId = caller.person?.accountId
  if (accountId === undefined) return []
  const { families, grants } = world.auth
  const times = [...families.values()]
    .filter(({ grantId }) => grants.get(grantId)?.accountId === accountId)
    .map(({ startedAt }) => startedAt)
  return [...new Set([...times, world.createdAt])].toSorted((one, other) => other - one)
}

/** At most this many issues are remembered (documented). */
const remembered = 50

/** Functions about what people do: what they looked at, changed, lead and may do, and when they came in. */
export function activityFunctions(asker: Asker): readonly FunctionDef[] {
  const { site, caller } = asker
  const accountId = caller.person?.accountId
  const personal = site.jira.personal.get(accountId ?? '')
  const history: FunctionDef['call'] = () =>
    [...(personal?.issuesSeen ?? [])]
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, remembered)
      .map(([id]) => id)
  const logins = loginsOf(asker)
  return [
    { name: 'issueHistory', list: true, call: history },
    { name: 'workItemHistory', list: true, call: history },
    { name: 'currentLogin', types: ['date', 'datetime'], call: () => logins[0] ?? [] },
    { name: 'lastLogin', types: ['date', 'datetime'], call: () => logins[1] ?? [] },
    { name: 'updatedBy', list: true, call: updatedBy(asker) },
    {
      name: 'componentsLeadByUser',
      list: true,
      call: ([name], lookup) => componentsLedBy(asker, name, lookup),
    },
    {
      name: 'projectsWhereUserHasPermission',
      list: true,
      call: ([name = '']) => {
        const permission = permissionNamed(name)
        if (!permission) return { problem: `The permission '${name}' does not exist.` }
        return visibleProjects(asker)
          .filter((project) => may(caller, permission, { site, project }))
          .map(({ id }) => id)
      },
    },
    {
      name: 'issuesWithRemoteLinksByGlobalId',
      list: true,
      call: (globalIds) =>
        visibleIssues(asker)
          .filter(({ remoteLinks }) => remoteLinks.some(({ globalId }) => globalIds.includes(globalId ?? '')))
          .map(({ id }) => id),
    },
    { name: 'cascadeOption', list: true, call: (names) => cascadeOption(asker, names) },
  ]
}

function componentsLedBy(asker: Asker, name: string | undefined, lookup: Lookup): readonly string[] {
  const found = name === undefined ? asker.caller.person?.accountId : person(asker)(name, lookup)
  const leads = new Set((Array.isArray(found) ? found : [found]).map(String))
  return visibleProjects(asker).flatMap(({ components }) =>
    components.filter(({ leadId }) => leads.has(String(leadId))).map(({ id }) => id),
  )
}

/** The option of the second list when it is named, and otherwise that of the first (documented). */
function cascadeOption({ site }: Asker, names: readonly string[]): readonly string[] {
  const [parent, child] = names.map((name) => name.toLowerCase())
  return [...site.jira.customFields.values()].flatMap(({ options }) => {
    const tops = options.filter(
      ({ parentId, value }) => parentId === undefined && value.toLowerCase() === parent,
    )
    const inside = options.filter(
      ({ parentId, value }) => tops.some(({ id }) => id === parentId) && value.toLowerCase() === child,
    )
    return (child === undefined ? tops : inside).map(({ id }) => id)
  })
}
