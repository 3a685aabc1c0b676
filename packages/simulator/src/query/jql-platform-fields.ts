import { type FieldDef, parseJql } from '@telamon/query'

import { timeSpent } from '../jira/fields/time-fields.ts'
import { visibleProjects } from '../jira/find.ts'
import { maySee } from '../jira/share-permissions.ts'
import type { Issue } from '../world/jira-model.ts'
import { type Asker, byName } from './jql-values.ts'

type Field = FieldDef<Issue>

/** A saved query by name or id, if the asker may see it: it takes the place of the clause (documented). */
function filterField(asker: Asker): Field {
  return {
    name: 'filter',
    aliases: ['request', 'savedFilter', 'searchRequest'],
    type: 'query',
    get: () => null,
    expand: (text) => {
      const wanted = text.toLowerCase()
      const found = [...asker.site.jira.filters.values()].find(
        (filter) => (filter.id === text || filter.name.toLowerCase() === wanted) && maySee(asker, filter),
      )
      return found && parseJql(found.jql).query
    },
  }
}

function projectFields(asker: Asker): readonly Field[] {
  const { jira } = asker.site
  const home = (issue: Issue): ReturnType<typeof jira.projects.get> => jira.projects.get(issue.projectId)
  const categories = (): Iterable<{ id: string; name: string }> => jira.projectCategories.values()
  return [
    {
      name: 'category',
      type: 'option',
      get: (issue) => home(issue)?.categoryId ?? null,
      resolve: byName(categories),
      values: Array.from(categories(), ({ name }) => name),
    },
    {
      name: 'projectType',
      type: 'option',
      get: (issue) => home(issue)?.type,
      resolve: (text) => ['software', 'business', 'service_desk'].find((type) => type === text.toLowerCase()),
      values: ['software', 'business', 'service_desk'],
    },
  ]
}

/** Levels of the schemes of projects that the asker sees. */
function levelField(asker: Asker): Field {
  const { securitySchemes } = asker.site.jira
  const levels = visibleProjects(asker).flatMap(
    ({ securitySchemeId }) => securitySchemes.get(securitySchemeId ?? '')?.levels ?? [],
  )
  return {
    name: 'level',
    type: 'option',
    get: (issue) => issue.securityLevelId,
    resolve: byName(() => levels),
    values: levels.map(({ name }) => name),
  }
}

/** Fields of issues that follow from what people and files do with them. */
export function platformFields(asker: Asker): readonly Field[] {
  const { site, caller } = asker
  const seen = site.jira.personal.get(caller.person?.accountId ?? '')?.issuesSeen
  return [
    filterField(asker),
    ...projectFields(asker),
    levelField(asker),
    {
      name: 'attachments',
      type: 'option',
      operators: ['is', 'is not'],
      get: (issue) => issue.attachments.map(({ id }) => id),
    },
    { name: 'lastViewed', type: 'datetime', get: (issue) => seen?.get(issue.id) },
    {
      name: 'workRatio',
      type: 'number',
      get: (issue) =>
        issue.originalEstimate ? Math.floor(((timeSpent(issue) ?? 0) * 100) / issue.originalEstimate) : null,
    },
  ]
}
