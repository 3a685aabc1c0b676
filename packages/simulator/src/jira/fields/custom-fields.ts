import { documentHtml, readDocument } from '../../content/document.ts'
import type { CustomField, Issue } from '../../world/jira-model.ts'
import type { Site } from '../../world/model.ts'
import type { View } from '../view.ts'
import { choiceTypes } from './custom-choices.ts'
import { plainTypes } from './custom-plain.ts'
import { type CustomType, customFieldTypes } from './custom-type.ts'
import {
  accepted,
  type Editing,
  type FieldPlace,
  type FieldSpec,
  type Parsed,
  refused,
  type Target,
} from './spec.ts'

/** What each type of custom field is. */
export const customTypes: Readonly<Record<CustomField['type'], CustomType>> = {
  ...plainTypes,
  ...choiceTypes,
}

const isType = (name: string): name is CustomField['type'] => Object.hasOwn(customTypes, name)

/** The names of all types. */
export const customFieldTypeNames: readonly CustomField['type'][] = Object.keys(customTypes).filter(isType)

/** The service's name of a field's type. */
export function typeKeyOf({ type, typeKey }: CustomField): string {
  const key = typeKey ?? customTypes[type].key
  return key.includes(':') ? key : `${customFieldTypes}:${key}`
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

function show(view: View, issue: Issue, field: CustomField): unknown {
  if (field.type === 'rank') return issue.rank
  const type = customTypes[field.type]
  const value = issue.custom.get(field.id) ?? null
  if (isEmpty(value)) return null
  const one = (held: unknown): unknown => type.show?.(view, held, field) ?? held
  return type.several ? listOf(value).map(one) : one(value)
}

/** Reads one value, or a list of them. */
function readAll(value: unknown, field: CustomField, target: Target): { readonly value: unknown } | string {
  const { read, several } = customTypes[field.type]
  if (!read || isEmpty(value)) return { value: null }
  if (!several) return read(value, field, target)
  if (!Array.isArray(value)) return 'data was not an array'
  const all: unknown[] = []
  for (const one of value) {
    const parsed = read(one, field, target)
    if (typeof parsed === 'string') return parsed
    if (!all.includes(parsed.value)) all.push(parsed.value)
  }
  return { value: all }
}

function write(issue: Issue, field: CustomField, value: unknown): void {
  if (isEmpty(value)) issue.custom.delete(field.id)
  else issue.custom.set(field.id, value)
}

function editing(field: CustomField, { read, several, allowed }: CustomType): Editing | undefined {
  if (!read) return undefined
  const set = (value: unknown, target: Target): Parsed => {
    const parsed = readAll(value, field, target)
    if (typeof parsed === 'string') return refused(parsed)
    return accepted((issue) => write(issue, field, parsed.value))
  }
  const change: Editing['change'] = (operation, value, target) => {
    const parsed = read(value, field, target)
    if (typeof parsed === 'string') return refused(parsed)
    return accepted((issue) => {
      const held = listOf(issue.custom.get(field.id) ?? [])
      const others = held.filter((one) => one !== parsed.value)
      write(issue, field, operation === 'add' ? [...others, parsed.value] : others)
    })
  }
  return {
    operations: several ? ['add', 'set', 'remove'] : ['set'],
    screens: 'both',
    ...(allowed && { allowed: (target: Omit<Target, 'now'>) => allowed(target, field) }),
    set,
    ...(several && { change }),
  }
}

const fits = (list: readonly string[], id: string): boolean => list.length === 0 || list.includes(id)

/** Whether one of the field's contexts is about issues of this type in this project. */
function applies({ contexts }: CustomField, { project, typeId }: FieldPlace): boolean {
  return (
    contexts === undefined ||
    contexts.some(
      ({ projectIds, issueTypeIds }) => fits(projectIds, project.id) && fits(issueTypeIds, typeId),
    )
  )
}

function specOf(field: CustomField): FieldSpec {
  const type = customTypes[field.type]
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
    schema: { ...type.schema, custom: typeKeyOf(field), customId },
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    ...(field.contexts && { applies: (place: FieldPlace) => applies(field, place) }),
    show: (view, issue) => show(view, issue, field),
    ...(field.type === 'paragraph' && {
      render: (_: View, issue: Issue) => {
        const read = readDocument(issue.custom.get(field.id))
        return read.ok ? documentHtml(read.document) : null
      },
    }),
    trace: (view, issue) => {
      const value = issue.custom.get(field.id) ?? null
      if (isEmpty(value)) return []
      const text = type.several
        ? listOf(value)
            .map((one) => type.text(one, field, view))
            .join(', ')
        : type.text(value, field, view)
      return [{ id: null, text }]
    },
    ...(edit && { edit }),
  }
}

/** The custom fields of a site, without those in the trash. */
export function customFieldsOf({ jira }: Site): readonly FieldSpec[] {
  return [...jira.customFields.values()].filter(({ trashed }) => !trashed).map(specOf)
}
