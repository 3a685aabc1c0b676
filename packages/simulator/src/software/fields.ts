import type { FieldSpec } from '../jira/fields/spec.ts'
import type { View } from '../jira/view.ts'
import type { Issue } from '../world/jira-model.ts'
import { epicLinkId, epicNameId, epicOf, isEpic, markOf } from './membership.ts'
import { sprintField } from './sprint-field.ts'

const isCompanyManaged = ({ site }: Pick<View, 'site'>, { projectId }: Issue): boolean =>
  site.jira.projects.get(projectId)?.style === 'classic'

const custom = { custom: true, orderable: true, navigable: true, searchable: true } as const

/** The epic of an issue of a company-managed project, by its key (recorded). It is the parent under another name, and written as that. */
const epicLink: FieldSpec = {
  ...custom,
  id: epicLinkId,
  name: 'Epic Link',
  clauseNames: ['cf[10014]', 'Epic Link'],
  schema: { type: 'any', custom: 'com.pyxis.greenhopper.jira:gh-epic-link', customId: 10_014 },
  show(view, issue) {
    const epic =
      isCompanyManaged(view, issue) && !isEpic(view.site, issue) ? epicOf(view.site, issue) : undefined
    return epic?.key ?? null
  },
}

/** The short name of an epic of a company-managed project. */
const epicName: FieldSpec = {
  ...custom,
  id: epicNameId,
  name: 'Epic Name',
  clauseNames: ['cf[10011]', 'Epic Name'],
  schema: { type: 'string', custom: 'com.pyxis.greenhopper.jira:gh-epic-label', customId: 10_011 },
  show: (view, issue) =>
    isEpic(view.site, issue) && isCompanyManaged(view, issue)
      ? (markOf(view.site, issue).name ?? issue.summary)
      : null,
}

/** The custom fields that come with Jira Software. */
export const softwareFields: readonly FieldSpec[] = [sprintField, epicName, epicLink]
