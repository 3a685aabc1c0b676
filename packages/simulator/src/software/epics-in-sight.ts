import type { Call } from '../http/call.ts'
import { issueOf } from '../jira/find.ts'
import type { Issue, Project } from '../world/jira-model.ts'
import { isEpic } from './membership.ts'
import { refuseAgile } from './refuse.ts'

/** An epic that the caller sees, by id or key. */
export function agileEpicOf(call: Call, idOrKey: string | undefined): Issue {
  const { issue } = issueOf(call, idOrKey)
  return isEpic(call.site, issue) ? issue : refuseAgile(404, `The issue ${issue.key} is not an epic.`)
}

/** What the operations on epics say to issues of team-managed projects (documented that they do not take them). */
export function refuseTeamManaged(project: Project | undefined): void {
  if (project?.style !== 'next-gen') return
  refuseAgile(
    400,
    'Epics of team-managed projects are not served here. Set the parent of an issue by editing it, and search by parent.',
  )
}

/** An epic of a company-managed project. */
export function companyEpicOf(call: Call, idOrKey: string | undefined): Issue {
  const epic = agileEpicOf(call, idOrKey)
  refuseTeamManaged(call.site.jira.projects.get(epic.projectId))
  return epic
}
