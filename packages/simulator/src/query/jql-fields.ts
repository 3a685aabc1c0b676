import type { FieldDef, FieldValue } from '@telamon/query'

import { documentText } from '../content/document.ts'
import { timeSpent } from '../jira/fields/time-fields.ts'
import { visibleProjects } from '../jira/find.ts'
import { categories } from '../jira/view.ts'
import { serviceJqlFields } from '../service/jql.ts'
import { softwareJqlFields } from '../software/jql.ts'
import type { Issue } from '../world/jira-model.ts'
import { mayReadComment } from '../world/permissions.ts'
import { dayOf } from '../world/time.ts'
import { customJqlFields } from './jql-custom-fields.ts'
import { historyOf, listHistoryOf } from './jql-history.ts'
import { platformFields } from './jql-platform-fields.ts'
import { type Asker, byName, issue as issueByKey, person, project } from './jql-values.ts'
import { searchable } from './text-index.ts'

type Field = FieldDef<Issue>
type Texts = Extract<ReturnType<Field['get']>, object>

/** The comments of an issue that count for this asker. */
function comments({ site, caller }: Asker, issue: Issue): Issue['comments'] {
  const home = site.jira.projects.get(issue.projectId)
  return home
    ? issue.comments.filter((comment) => mayReadComment(caller, comment, { site, project: home }))
    : []
}

const summaryText = (issue: Issue): Texts =>
  searchable(issue, { part: 'summary', source: issue.summary, read: () => issue.summary })

function documentTexts(issue: Issue, part: 'description' | 'environment'): Texts {
  const document = issue[part]
  return document ? searchable(issue, { part, source: document, read: () => documentText(document) }) : []
}

const commentTexts = (asker: Asker, issue: Issue): Texts =>
  comments(asker, issue).map((comment) =>
    searchable(comment, { part: 'body', source: comment.body, read: () => documentText(comment.body) }),
  )

function textFields(asker: Asker): readonly Field[] {
  const all = (issue: Issue): Texts =>
    [
      summaryText(issue),
      documentTexts(issue, 'description'),
      documentTexts(issue, 'environment'),
      commentTexts(asker, issue),
    ].flat()
  return [
    { name: 'summary', type: 'text', get: summaryText },
    { name: 'description', type: 'text', get: (issue) => documentTexts(issue, 'description') },
    { name: 'environment', type: 'text', get: (issue) => documentTexts(issue, 'environment') },
    { name: 'comment', type: 'text', operators: ['~', '!~'], get: (issue) => commentTexts(asker, issue) },
    { name: 'text', type: 'text', operators: ['~', '!~'], get: all },
    {
      name: 'worklogComment',
      type: 'text',
      operators: ['~', '!~'],
      get: (issue) => worklogTexts(asker, issue),
    },
  ]
}

/** The worklogs of an issue that count for this asker. */
function worklogs({ site, caller }: Asker, issue: Issue): Issue['worklogs'] {
  const home = site.jira.projects.get(issue.projectId)
  return home
    ? issue.worklogs.filter((worklog) => mayReadComment(caller, worklog, { site, project: home, issue }))
    : []
}

const worklogTexts = (asker: Asker, issue: Issue): Texts =>
  worklogs(asker, issue).flatMap((worklog) => {
    const { comment } = worklog
    return comment
      ? [searchable(worklog, { part: 'comment', source: comment, read: () => documentText(comment) })]
      : []
  })

/** Ranks by the place in a list of ids; what stands first is least. */
function byPlace(ids: readonly string[]): (a: FieldValue, b: FieldValue) => number {
  const places = new Map(ids.map((id, place) => [id, place]))
  return (a, b) => (places.get(String(a)) ?? Number.NaN) - (places.get(String(b)) ?? Number.NaN)
}

const names = (items: Iterable<{ readonly name: string }>): readonly string[] => [
  ...new Set([...items].map(({ name }) => name)),
]

function choiceFields(asker: Asker): readonly Field[] {
  const { jira } = asker.site
  const projects = visibleProjects(asker)
  const statuses = (): Iterable<{ id: string; name: string }> =>
    [...jira.statuses.values()].filter(({ id }) => projects.some(({ statusIds }) => statusIds.includes(id)))
  const categoryOf = (issue: Issue): string => jira.statuses.get(issue.statusId)?.category ?? ''
  const priorities = [...jira.priorities.keys()].toReversed()
  const versions = projects.flatMap((home) => home.versions)
  const versionField = (name: string, fieldId: string, get: (issue: Issue) => readonly string[]): Field => ({
    name,
    aliases: fieldId === name ? [] : [fieldId],
    type: 'ordered',
    get,
    resolve: byName(() => versions),
    order: byPlace(versions.map(({ id }) => id)),
    values: names(versions),
    history: (issue) => listHistoryOf(issue, fieldId, get(issue)),
  })
  return [
    {
      name: 'project',
      type: 'option',
      get: (issue) => issue.projectId,
      resolve: project(asker),
      values: projects.map(({ key }) => key),
      order: byPlace(projects.map(({ id }) => id)),
    },
    {
      name: 'issuetype',
      aliases: ['type'],
      type: 'option',
      get: (issue) => issue.typeId,
      resolve: byName(() => jira.issueTypes.values()),
      values: names(jira.issueTypes.values()),
    },
    {
      name: 'status',
      type: 'option',
      get: (issue) => issue.statusId,
      resolve: byName(statuses),
      values: names(statuses()),
      order: byPlace([...jira.statuses.keys()]),
      history: (issue) => historyOf(issue, 'status'),
    },
    {
      name: 'statusCategory',
      type: 'option',
      get: categoryOf,
      resolve: (text) =>
        Object.values(categories).find(({ id, key, name }) =>
          [String(id), key, name.toLowerCase()].includes(text.toLowerCase()),
        )?.key,
      values: Object.values(categories).map(({ name }) => name),
    },
    {
      name: 'priority',
      type: 'ordered',
      descending: true,
      get: (issue) => issue.priorityId,
      resolve: byName(() => jira.priorities.values()),
      values: names(jira.priorities.values()),
      order: byPlace(priorities),
      history: (issue) => historyOf(issue, 'priority'),
    },
    {
      name: 'resolution',
      type: 'option',
      get: (issue) => issue.resolutionId,
      resolve: byName(() => jira.resolutions.values()),
      values: names(jira.resolutions.values()),
      history: (issue) => historyOf(issue, 'resolution'),
    },
    {
      name: 'component',
      type: 'option',
      get: (issue) => issue.componentIds,
      resolve: byName(() => projects.flatMap((home) => home.components)),
      values: names(projects.flatMap((home) => home.components)),
    },
    versionField('fixVersion', 'fixVersions', (issue) => issue.fixVersionIds),
    versionField('affectedVersion', 'versions', (issue) => issue.versionIds),
    { name: 'labels', type: 'option', get: (issue) => issue.labels },
    {
      name: 'issueLinkType',
      type: 'option',
      get: (issue) =>
        [...jira.links.values()]
          .filter(({ fromId, toId }) => fromId === issue.id || toId === issue.id)
          .map(({ typeId }) => typeId),
      resolve: byName(() => jira.linkTypes.values()),
      values: names(jira.linkTypes.values()),
    },
  ]
}

function peopleFields(asker: Asker): readonly Field[] {
  const field = (
    name: string,
    get: (issue: Issue) => string | readonly string[] | null,
    tracked = false,
  ): Field => ({
    name,
    type: 'option',
    get,
    resolve: person(asker),
    order: (a, b) => compareNames(asker, a, b),
    ...(tracked && { history: (issue: Issue) => historyOf(issue, name) }),
  })
  return [
    field('assignee', (issue) => issue.assigneeId, true),
    field('reporter', (issue) => issue.reporterId, true),
    field('creator', (issue) => issue.creatorId),
    field('watcher', (issue) => [...issue.watchers]),
    field('voter', (issue) => [...issue.votes]),
    field('worklogAuthor', (issue) => worklogs(asker, issue).map(({ authorId }) => authorId)),
  ]
}

function compareNames({ world }: Asker, a: FieldValue, b: FieldValue): number {
  const [one, other] = [a, b].map((id) => world.people.get(String(id))?.displayName ?? '')
  if (one === other || one === undefined || other === undefined) return 0
  return one < other ? -1 : 1
}

function moment(name: string, aliases: readonly string[], get: (issue: Issue) => number | null): Field {
  return { name, aliases, type: 'datetime', get }
}

function timeFields(asker: Asker): readonly Field[] {
  const { caller, site } = asker
  const zone = caller.person?.timeZone ?? site.timeZone
  return [
    moment('created', ['createdDate'], (issue) => issue.created),
    moment('updated', ['updatedDate'], (issue) => issue.updated),
    moment('resolutiondate', ['resolved'], (issue) => issue.resolved),
    moment('statusCategoryChangedDate', [], (issue) => issue.categoryChanged),
    { name: 'due', aliases: ['duedate'], type: 'date', get: (issue) => issue.dueDate },
    {
      name: 'worklogDate',
      type: 'date',
      get: (issue) => worklogs(asker, issue).map(({ started }) => dayOf(started, zone)),
    },
    {
      name: 'originalEstimate',
      aliases: ['timeoriginalestimate'],
      type: 'duration',
      get: (issue) => issue.originalEstimate,
    },
    {
      name: 'remainingEstimate',
      aliases: ['timeestimate'],
      type: 'duration',
      get: (issue) => issue.remainingEstimate,
    },
    { name: 'timespent', type: 'duration', get: timeSpent },
  ]
}

function relationFields(asker: Asker): readonly Field[] {
  const { jira } = asker.site
  const byKey = (a: FieldValue, b: FieldValue): number => {
    const [one, other] = [jira.issues.get(String(a)), jira.issues.get(String(b))]
    if (!one || !other) return Number.NaN
    const [left, right] = [one, other].map(({ key }) => key.split('-'))
    if (left?.[0] !== right?.[0]) return (left?.[0] ?? '') < (right?.[0] ?? '') ? -1 : 1
    return Number(left?.[1]) - Number(right?.[1])
  }
  return [
    {
      name: 'key',
      aliases: ['id', 'issue', 'issuekey', 'workItem', 'workItemKey'],
      type: 'ordered',
      get: (issue) => issue.id,
      resolve: issueByKey(asker),
      order: byKey,
    },
    {
      name: 'parent',
      type: 'option',
      get: (issue) => issue.parentId,
      resolve: issueByKey(asker),
      order: byKey,
    },
    { name: 'hierarchyLevel', type: 'number', get: (issue) => jira.issueTypes.get(issue.typeId)?.level },
    { name: 'votes', type: 'number', get: (issue) => issue.votes.size },
    { name: 'watchers', type: 'number', get: (issue) => issue.watchers.size },
  ]
}

/** What JQL knows of issues, for one asker: names of what the asker cannot see are unknown. */
export function jqlFields(asker: Asker): readonly Field[] {
  return [
    ...choiceFields(asker),
    ...peopleFields(asker),
    ...relationFields(asker),
    ...timeFields(asker),
    ...textFields(asker),
    ...platformFields(asker),
    ...customJqlFields(asker),
    ...softwareJqlFields(asker),
    ...serviceJqlFields(asker),
  ]
}
