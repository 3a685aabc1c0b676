import type { FunctionDef } from '@telamon/query'

import { findIssue, visibleProjects } from '../jira/find.ts'
import { serviceJqlFunctions } from '../service/jql.ts'
import { sprintJqlFunctions } from '../software/jql.ts'
import type { Version } from '../world/jira-model.ts'
import { hasRole } from '../world/permissions.ts'
import { activityFunctions } from './jql-activity.ts'
import { type Asker, person, sees, visibleIssues } from './jql-values.ts'

const words = (text: string | undefined): string => text?.toLowerCase() ?? ''

/** Accounts and groups. */
function peopleFunctions({ site }: Asker): readonly FunctionDef[] {
  return [
    {
      name: 'membersOf',
      list: true,
      call: ([name]) => {
        const group = [...site.groups.values()].find(
          (one) => words(one.name) === words(name) || one.id === name,
        )
        return group ? [...group.members] : { problem: `The group '${name ?? ''}' does not exist.` }
      },
    },
  ]
}

/** Issues by what they are to the asker, or to another issue. */
function issueFunctions(asker: Asker): readonly FunctionDef[] {
  const { site, caller } = asker
  const accountId = caller.person?.accountId ?? ''
  const { links, linkTypes } = site.jira
  return [
    {
      name: 'linkedIssues',
      list: true,
      call: ([key = '', type]) => {
        const issue = findIssue(site, key)
        if (!issue || !sees(asker, issue)) return { problem: `Issue '${key}' could not be found.` }
        return [...links.values()].flatMap(({ typeId, fromId, toId }) => {
          const outward = fromId === issue.id
          if (!outward && toId !== issue.id) return []
          const known = linkTypes.get(typeId)
          const name = words(outward ? known?.outward : known?.inward)
          return type === undefined || name === words(type) ? [outward ? toId : fromId] : []
        })
      },
    },
    {
      name: 'watchedIssues',
      list: true,
      call: () => visibleIssues(asker).flatMap((issue) => (issue.watchers.has(accountId) ? [issue.id] : [])),
    },
    {
      name: 'votedIssues',
      list: true,
      call: () => visibleIssues(asker).flatMap((issue) => (issue.votes.has(accountId) ? [issue.id] : [])),
    },
  ]
}

/** Projects, and what belongs to them. */
function projectFunctions(asker: Asker): readonly FunctionDef[] {
  const { site, caller } = asker
  const { jira } = site
  const accountId = caller.person?.accountId ?? ''
  const projects = visibleProjects(asker)
  const types = (subtasks: boolean): readonly string[] =>
    [...jira.issueTypes.values()].filter(({ level }) => level < 0 === subtasks).map(({ id }) => id)
  const versions = (args: readonly string[], fits: (version: Version) => boolean): readonly string[] =>
    projects
      .filter(
        ({ key, name }) =>
          args.length === 0 || args.some((arg) => [words(key), words(name)].includes(words(arg))),
      )
      .flatMap((project) => project.versions.filter((version) => !version.archived && fits(version)))
      .map(({ id }) => id)
  return [
    { name: 'standardIssueTypes', list: true, call: () => types(false) },
    { name: 'subtaskIssueTypes', list: true, call: () => types(true) },
    { name: 'releasedVersions', list: true, call: (args) => versions(args, ({ released }) => released) },
    { name: 'unreleasedVersions', list: true, call: (args) => versions(args, ({ released }) => !released) },
    {
      name: 'latestReleasedVersion',
      call: (args) => versions(args, ({ released }) => released).slice(-1),
    },
    {
      name: 'earliestUnreleasedVersion',
      call: (args) => versions(args, ({ released }) => !released).slice(0, 1),
    },
    {
      name: 'projectsLeadByUser',
      list: true,
      call: ([name], lookup) => {
        const found = name === undefined ? accountId : (person(asker)(name, lookup) ?? [])
        const leads = Array.isArray(found) ? found : [found]
        return projects.filter(({ leadId }) => leads.includes(leadId)).map(({ id }) => id)
      },
    },
    {
      name: 'projectsWhereUserHasRole',
      list: true,
      call: ([role = '']) =>
        projects.filter((project) => hasRole(site, project, { role, accountId })).map(({ id }) => id),
    },
  ]
}

/** The functions of JQL, on top of those for dates and `currentUser`. */
export function jqlFunctions(asker: Asker): readonly FunctionDef[] {
  return [
    ...peopleFunctions(asker),
    ...issueFunctions(asker),
    ...projectFunctions(asker),
    ...activityFunctions(asker),
    ...sprintJqlFunctions(asker),
    ...serviceJqlFunctions(asker),
  ]
}
