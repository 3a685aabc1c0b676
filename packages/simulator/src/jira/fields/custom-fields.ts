import { asObject, asText } from '../../http/value.ts'
import type { CustomField, Issue } from '../../world/jira-model.ts'
import type { Site } from '../../world/model.ts'
import { rest, type View } from '../view.ts'
import {
  accepted,
  type Editing,
  type FieldSchema,
  type FieldSpec,
  type Parsed,
  refused,
  type Target,
} from './spec.ts'
import { isDay } from './time-fields.ts'

const system = 'com.atlassian.jira.plugin.system.customfieldtypes'

/** What follows from the type of a custom field. */
interface CustomType {
  readonly schema: FieldSchema
  /** What stands in brackets in the third clause name, `Name[Type]`; absent for types without one (recorded). */
  readonly clause?: string
  /** Absent: it cannot be written by hand. */
  readonly read?: (value: unknown, field: CustomField) => { readonly value: unknown } | string
  readonly text: (value: unknown, field: CustomField) => string
}

const optionIn = (value: unknown, field: CustomField): string | undefined => {
  const given = asObject(value)
  return field.options.find(({ id, value: name }) => id === given?.['id'] || name === given?.['value'])?.id
}

const optionName = (id: unknown, { options }: CustomField): string =>
  options.find((option) => option.id === id)?.value ?? ''

const types: Readonly<Record<CustomField['type'], CustomType>> = {
  number: {
    schema: { type: 'number', custom: 'com.pyxis.greenhopper.jira:jsw-story-points' },
    read: (value) =>
      typeof value === 'number' && Number.isFinite(value) ? { value } : 'Operation value must be a number',
    text: String,
  },
  text: {
    schema: { type: 'string', custom: `${system}:textfield` },
    clause: 'Short text',
    read: (value) => {
      const text = asText(value)
      return text === undefined ? 'Operation value must be a string' : { value: text }
    },
    text: String,
  },
  date: {
    schema: { type: 'date', custom: `${system}:datepicker` },
    clause: 'Date',
    read: (value) => {
      const text = asText(value)
      return text !== undefined && isDay(text)
        ? { value: text }
        : 'Operation value must be a date in the format yyyy-MM-dd'
    },
    text: String,
  },
  option: {
    schema: { type: 'option', custom: `${system}:select` },
    clause: 'Dropdown',
    read: (value, field) => {
      const id = optionIn(value, field)
      return id === undefined
        ? `Option value '${asText(asObject(value)?.['value']) ?? ''}' is not valid`
        : { value: id }
    },
    text: optionName,
  },
  flag: {
    schema: { type: 'array', items: 'option', custom: `${system}:multicheckboxes` },
    clause: 'Checkboxes',
    read: (value, field) => {
      if (!Array.isArray(value)) return 'data was not an array'
      const ids = value.map((option) => optionIn(option, field))
      return ids.includes(undefined) ? 'Option id is not valid' : { value: ids }
    },
    text: (value, field) => (Array.isArray(value) ? value.map((id) => optionName(id, field)).join(', ') : ''),
  },
  rank: { schema: { type: 'any', custom: 'com.pyxis.greenhopper.jira:gh-lexo-rank' }, text: String },
  team: {
    schema: {
      type: 'team',
      custom: `${system}:atlassian-team`,
      configuration: { [`${system}:atlassian-team`]: true },
    },
    clause: 'Team',
    text: String,
  },
}

const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0)

function optionView(view: View, id: unknown, field: CustomField): Record<string, unknown> {
  return { self: rest(view, `customFieldOption/${String(id)}`), value: optionName(id, field), id }
}

function show(view: View, issue: Issue, field: CustomField): unknown {
  if (field.type === 'rank') return issue.rank
  const value = issue.custom.get(field.id) ?? null
  if (isEmpty(value)) return null
  if (field.type === 'option') return optionView(view, value, field)
  return Array.isArray(value) ? value.map((id) => optionView(view, id, field)) : value
}

function editing(field: CustomField, { read }: CustomType): Editing | undefined {
  if (!read) return undefined
  const set = (value: unknown): Parsed => {
    const parsed = isEmpty(value) ? { value: null } : read(value, field)
    if (typeof parsed === 'string') return refused(parsed)
    return accepted((issue) => {
      if (parsed.value === null) issue.custom.delete(field.id)
      else issue.custom.set(field.id, parsed.value)
    })
  }
  return {
    operations: field.type === 'flag' ? ['add', 'set', 'remove'] : ['set'],
    screens: 'both',
    ...(field.options.length > 0 && {
      allowed: (target: Omit<Target, 'now'>) => field.options.map(({ id }) => optionView(target, id, field)),
    }),
    set,
  }
}

function specOf(field: CustomField): FieldSpec {
  const type = types[field.type]
  const customId = Number(field.id.replace('customfield_', ''))
  const edit = editing(field, type)
  return {
    id: field.id,
    name: field.name,
    clauseNames: [
      `cf[${customId}]`,
      field.name,
      ...(type.clause === undefined ? [] : [`${field.name}[${type.clause}]`]),
    ],
    schema: { ...type.schema, customId },
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    show: (view, issue) => show(view, issue, field),
    trace: (_, issue) => {
      const value = issue.custom.get(field.id) ?? null
      return isEmpty(value) ? [] : [{ id: null, text: type.text(value, field) }]
    },
    ...(edit && { edit }),
  }
}

/** The custom fields of a site. */
export function customFieldsOf({ jira }: Site): readonly FieldSpec[] {
  return [...jira.customFields.values()].map(specOf)
}
