import type { Call } from '../http/call.ts'
import type { Component, Project, Version } from '../world/jira-model.ts'
import { dayOf } from '../world/time.ts'
import { rest, userView, type View } from './view.ts'

/** A component inside of an issue. */
export function componentView(view: View, { id, name, description }: Component): Record<string, unknown> {
  return { self: rest(view, `component/${id}`), id, name, description }
}

/** A version inside of an issue, and in the list of a project. */
export function versionView(view: View, version: Version): Record<string, unknown> {
  const { id, description, name, archived, released, startDate, releaseDate } = version
  return {
    self: rest(view, `version/${id}`),
    id,
    description,
    name,
    archived,
    released,
    ...(startDate && { startDate }),
    ...(releaseDate && { releaseDate }),
  }
}

/** A component by itself, with who gets its issues (documented). */
export function fullComponent(view: View, project: Project, component: Component): Record<string, unknown> {
  const { assigneeType = 'PROJECT_DEFAULT', leadId = null } = component
  const lead = userView(view, leadId)
  const byLead = assigneeType === 'COMPONENT_LEAD' && lead !== null
  const byProject = assigneeType === 'PROJECT_LEAD' || project.assigneeType === 'PROJECT_LEAD'
  const assignee = byLead ? lead : byProject ? userView(view, project.leadId) : null
  return {
    ...componentView(view, component),
    ...(lead && { lead }),
    assigneeType,
    ...(assignee && { assignee, realAssignee: assignee }),
    realAssigneeType: byLead ? 'COMPONENT_LEAD' : assignee ? 'PROJECT_LEAD' : 'UNASSIGNED',
    isAssigneeTypeValid: assigneeType === 'COMPONENT_LEAD' ? lead !== null : assignee !== null,
    project: project.key,
    projectId: Number(project.id),
  }
}

/** A version by itself, with its project, and whether its day has passed (documented). */
export function fullVersion(
  view: View & Pick<Call, 'clock'>,
  project: Project,
  version: Version,
): Record<string, unknown> {
  const { released, releaseDate, driver } = version
  const zone = view.caller.person?.timeZone ?? view.site.timeZone
  return {
    ...versionView(view, version),
    ...(releaseDate && !released && { overdue: releaseDate < dayOf(view.clock.now(), zone) }),
    ...(driver !== undefined && { driver }),
    projectId: Number(project.id),
  }
}
