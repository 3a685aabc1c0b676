import type { Call } from '../http/call.ts'
import type { Project } from '../world/jira-model.ts'
import type { SecurityLevel } from '../world/jira/site-model.ts'
import { isAmong, may } from '../world/permissions.ts'
import { rest, type View } from './view.ts'

/** A security level inside of an issue (documented). */
export function securityLevelView(
  view: Pick<View, 'links'>,
  { id, name, description }: SecurityLevel,
): Record<string, unknown> {
  return { self: rest(view, `securitylevel/${id}`), id, description, name }
}

/** The levels that the caller may give to issues of a project: those the caller is in (documented). */
export function levelsFor(
  { site, caller }: Pick<Call, 'site' | 'caller'>,
  project: Project,
): readonly SecurityLevel[] {
  const scheme = site.jira.securitySchemes.get(project.securitySchemeId ?? '')
  if (!scheme || !may(caller, 'SET_ISSUE_SECURITY', { site, project })) return []
  return scheme.levels.filter((level) => isAmong(caller, level, { site, project }))
}
