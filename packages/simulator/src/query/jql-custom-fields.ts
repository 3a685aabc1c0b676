import type { FieldDef, FieldType, FieldValue, PreparedText } from '@telamon/query'

import { documentText, readDocument } from '../content/document.ts'
import { customTypes } from '../jira/fields/custom-fields.ts'
import { visibleProjects } from '../jira/find.ts'
import type { CustomField, Issue } from '../world/jira-model.ts'
import { type Asker, byName, person, project, type Resolve } from './jql-values.ts'
import { searchable } from './text-index.ts'

type Field = FieldDef<Issue>

/** How the values of a type are understood. Default: as one of a set, by its text. */
const kinds: Partial<Readonly<Record<CustomField['type'], FieldType>>> = {
  number: 'number',
  text: 'text',
  paragraph: 'text',
  date: 'date',
  datetime: 'datetime',
  rank: 'ordered',
  version: 'ordered',
  'multi-version': 'ordered',
}

/** The texts of a paragraph, cut into words once. */
function paragraph(issue: Issue, { id }: CustomField): readonly PreparedText[] {
  const source = issue.custom.get(id)
  const read = readDocument(source)
  if (!read.ok) return []
  return [searchable(issue, { part: id, source, read: () => documentText(read.document) })]
}

function values(issue: Issue, { id }: CustomField): readonly FieldValue[] {
  const value = issue.custom.get(id)
  const held: readonly unknown[] = Array.isArray(value) ? value : [value]
  return held.filter((one) => typeof one === 'string' || typeof one === 'number')
}

const groups = ({ site }: Asker): Resolve => byName(() => site.groups.values())
const versions = (asker: Asker): Resolve =>
  byName(() => visibleProjects(asker).flatMap((home) => home.versions))

const resolvers: Partial<Readonly<Record<CustomField['type'], (asker: Asker) => Resolve>>> = {
  user: person,
  'multi-user': person,
  group: groups,
  'multi-group': groups,
  version: versions,
  'multi-version': versions,
  project,
}

/** How names in a query lead to the values of a field. */
function resolver(asker: Asker, { type, options }: CustomField): Resolve | undefined {
  const known = resolvers[type]?.(asker)
  if (known || options.length === 0) return known
  return byName(() => options.map((option) => ({ id: option.id, name: option.value })))
}

/** Ranks sort as they are written, digit by digit. */
function byCodeUnits(a: FieldValue, b: FieldValue): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function customField(asker: Asker, field: CustomField): Field {
  const { id, name, type, options } = field
  const { clause } = customTypes[type]
  const label = clause ?? (type === 'number' ? 'Number' : 'Rank')
  const about = {
    name,
    aliases: [id, `${name}[${label}]`],
    customId: Number(id.replace('customfield_', '')),
    type: kinds[type] ?? 'option',
  }
  if (type === 'rank') return { ...about, get: (issue) => issue.rank, order: byCodeUnits, operators: [] }
  if (type === 'paragraph') return { ...about, get: (issue) => paragraph(issue, field) }
  const resolve = resolver(asker, field)
  return {
    ...about,
    get: (issue) => values(issue, field),
    ...(resolve && { resolve }),
    ...(options.length > 0 && { values: options.map(({ value }) => value) }),
  }
}

/** The custom fields of the site, without those in the trash. */
export function customJqlFields(asker: Asker): readonly Field[] {
  return [...asker.site.jira.customFields.values()]
    .filter(({ trashed }) => !trashed)
    .map((field) => customField(asker, field))
}
