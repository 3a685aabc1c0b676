import type { FieldValue, Lookup } from '@telamon/query'

import type { Call } from '../http/call.ts'
import { findIssue, visibleProjects } from '../jira/find.ts'
import type { Issue } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'

/** What queries are evaluated with: who asks, where. */
export type Asker = Pick<Call, 'world' | 'site' | 'caller' | 'clock'> & Partial<Pick<Call, 'lag'>>

/** Finds the stored values behind a text of a query. */
export type Resolve = (text: string, lookup: Lookup) => FieldValue | readonly FieldValue[] | undefined

interface Named {
  readonly id: string
  readonly name: string
}

/** The ids of everything of that name, or of that id when it was written as a number. */
export function byName(items: () => Iterable<Named>): Resolve {
  return (text, { number }) => {
    const wanted = text.toLowerCase()
    const all = [...items()]
    if (number !== undefined && all.some(({ id }) => id === text)) return text
    const found = all.filter(({ name }) => name.toLowerCase() === wanted).map(({ id }) => id)
    return found.length === 0 ? undefined : found
  }
}

/** An account by its id, or by its display name in full. */
export function person({ world, site }: Asker): Resolve {
  return (text) => {
    const known = [...site.members.keys(), ...site.service.customers]
    if (known.includes(text)) return text
    const wanted = text.toLowerCase()
    const found = known.filter(
      (accountId) => world.people.get(accountId)?.displayName.toLowerCase() === wanted,
    )
    return found.length === 0 ? undefined : found
  }
}

/** A project by key, name or id, among those that the asker sees. */
export function project(asker: Asker): Resolve {
  return (text) => {
    const wanted = text.toLowerCase()
    const found = visibleProjects(asker).filter(
      ({ id, key, name }) => id === text || key.toLowerCase() === wanted || name.toLowerCase() === wanted,
    )
    return found.length === 0 ? undefined : found.map(({ id }) => id)
  }
}

/** An issue by key or id, if the asker sees it. */
export function issue(asker: Asker): Resolve {
  return (text) => {
    const found = findIssue(asker.site, text)
    return found && sees(asker, found) ? found.id : undefined
  }
}

/** Whether the asker sees an issue. */
export function sees({ site, caller }: Pick<Asker, 'site' | 'caller'>, found: Issue): boolean {
  const home = site.jira.projects.get(found.projectId)
  return home !== undefined && may(caller, 'BROWSE_PROJECTS', { site, project: home, issue: found })
}

/** All issues that a search looks through: those the asker sees, without what is archived (documented). */
export function visibleIssues(asker: Asker): readonly Issue[] {
  return visibleOf(asker, [...asker.site.jira.issues.values()])
}

/** Those of some issues that a search looks through. */
export function visibleOf(asker: Asker, issues: readonly Issue[]): readonly Issue[] {
  const { site, caller } = asker
  const open = new Map<string, boolean>()
  for (const home of site.jira.projects.values()) {
    if (!home.closed) open.set(home.id, may(caller, 'BROWSE_PROJECTS', { site, project: home }))
  }
  return issues.filter((one) => {
    const browsable = open.get(one.projectId)
    if (browsable === undefined || one.archived !== null) return false
    return (browsable && one.securityLevelId === null) || sees(asker, one)
  })
}
