import type { Issue, Project } from '../world/jira-model.ts'
import type { FieldSpec } from './fields/spec.ts'
import { fieldsOf } from './fields/table.ts'
import { changeView } from './history.ts'
import { fieldMetadata } from './metadata.ts'
import { propertiesOf } from './property-store.ts'
import { transitionsView } from './transitions.ts'
import { rest, type View } from './view.ts'
import { fieldsOn } from './write.ts'

/** What can be asked for besides the fields (recorded). */
const expandable = 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations'

/** Which part of an issue is wanted. */
export interface Selection {
  readonly fields: readonly FieldSpec[]
  readonly expand: ReadonlySet<string>
  /** Nothing but the id was asked for: the answer has no other member (recorded, F-SRCH-03). */
  readonly idOnly: boolean
  /** The keys of the properties that are wanted; `*all` for all of them. */
  readonly properties?: readonly string[]
}

/** Reads `fields`: `*all`, `*navigable`, ids, and ids with `-` in front to leave out (documented, F-SRCH-04). */
export function selectFields(
  { site }: Pick<View, 'site'>,
  asked: readonly string[],
  expand: readonly string[],
): Selection {
  const all = [...fieldsOf(site).values()].filter(({ show }) => show)
  const without = new Set(asked.filter((name) => name.startsWith('-')).map((name) => name.slice(1)))
  const named = asked.filter((name) => !name.startsWith('-'))
  const wants = ({ id, navigable }: FieldSpec): boolean =>
    named.length === 0 ||
    named.includes('*all') ||
    (navigable === true && named.includes('*navigable')) ||
    named.includes(id)
  return {
    fields: all.filter((field) => wants(field) && !without.has(field.id)),
    expand: new Set(expand),
    idOnly: named.length > 0 && named.every((name) => name === 'id'),
  }
}

const byId = <Value>(
  fields: readonly FieldSpec[],
  read: (field: FieldSpec) => Value | undefined,
): Record<string, Value> =>
  Object.fromEntries(
    fields.flatMap((field): [string, Value][] => {
      const value = read(field)
      return value === undefined ? [] : [[field.id, value]]
    }),
  )

/** An issue as it stands in answers (recorded, F-ISS-01). */
export function issueView(view: View, issue: Issue, selection: Selection): Record<string, unknown> {
  const { fields, expand, idOnly, properties = [] } = selection
  if (idOnly) return { id: issue.id }
  const project = view.site.jira.projects.get(issue.projectId)
  return {
    expand: expandable,
    id: issue.id,
    self: rest(view, `issue/${issue.id}`),
    key: issue.key,
    ...(expand.has('renderedFields') && {
      renderedFields: byId(fields, (field) => field.render?.(view, issue) ?? null),
    }),
    ...(expand.has('names') && { names: byId(fields, ({ name }) => name) }),
    ...(expand.has('schema') && { schema: byId(fields, ({ schema }) => schema) }),
    ...(expand.has('transitions') && project && { transitions: transitionsView(view, issue, project) }),
    ...(expand.has('editmeta') && project && { editmeta: editMetadata(view, issue, project) }),
    ...(expand.has('changelog') && { changelog: changelogView(view, issue) }),
    ...(properties.length > 0 && { properties: propertiesView(view, issue, properties) }),
    fields: byId(fields, ({ show, applies }) =>
      project && applies?.({ site: view.site, project, typeId: issue.typeId }) === false
        ? undefined
        : show?.(view, issue),
    ),
  }
}

/** The properties that were asked for by key; `-key` leaves one out (documented). */
function propertiesView({ site }: View, { id }: Issue, asked: readonly string[]): Record<string, unknown> {
  const all = [...propertiesOf(site, 'issue', id)]
  return Object.fromEntries(
    all.filter(([key]) => (asked.includes('*all') || asked.includes(key)) && !asked.includes(`-${key}`)),
  )
}

/** How each field of an issue can be written (documented, F-META-04). */
export function editMetadata(view: View, issue: Issue, project: Project): Record<string, unknown> {
  const type = view.site.jira.issueTypes.get(issue.typeId)
  if (!type) return { fields: {} }
  return {
    fields: byId(fieldsOn('edit', { site: view.site, project, typeId: type.id }), (field) =>
      fieldMetadata(view, field, { project, type, issue }),
    ),
  }
}

/** The changelog inside of an issue: newest first, under another name than at its own address (recorded, F-ISS-15). */
function changelogView(view: View, { history }: Issue): Record<string, unknown> {
  const histories = history.toReversed().map((change) => changeView(view, change))
  return { startAt: 0, maxResults: histories.length, total: histories.length, histories }
}
