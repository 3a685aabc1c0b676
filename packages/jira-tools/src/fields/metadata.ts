import { oneLine, ToolError } from '@telamon/tool-registry'

import { fold, matching, quoted, some } from '../names/nearest.ts'
import { membersOf } from '../views/value.ts'

/** A field as the metadata for creating, editing and moving says. */
export interface WritableField {
  /** Its id: `summary`, `customfield_10016`. */
  readonly id: string
  /** What people call it, on one line. */
  readonly name: string
  /** Whether it has to be given: it is required, and Jira fills in nothing by itself. */
  readonly required: boolean
  /** `type` of the value; `items` of the values of a list; `custom` names the kind of a custom field. */
  readonly schema: { readonly type: string; readonly items?: string; readonly custom?: string }
  /** What may be done with it: `set`, `add`, `remove`. */
  readonly operations: readonly string[]
  readonly allowedValues: readonly unknown[]
}

/** Metadata of a field as Jira sends it. */
interface RawField {
  readonly fieldId?: unknown
  readonly key?: unknown
  readonly name?: unknown
  readonly required?: unknown
  readonly hasDefaultValue?: unknown
  readonly schema?: unknown
  readonly operations?: unknown
  readonly allowedValues?: unknown
}

/** Reads the metadata of one field. `id` where the answer keeps it outside of the field. */
export function writableField(raw: RawField, id?: string): WritableField {
  const own = id ?? text(raw.fieldId) ?? text(raw.key) ?? ''
  const { type, items, custom } = membersOf(raw.schema)
  const [kind, item, customKind] = [text(type), text(items), text(custom)]
  return {
    id: own,
    name: oneLine(text(raw.name) ?? own),
    required: raw.required === true && raw.hasDefaultValue !== true,
    schema: { type: kind ?? 'any', ...(item && { items: item }), ...(customKind && { custom: customKind }) },
    operations: listIn(raw.operations).filter((operation) => typeof operation === 'string'),
    allowedValues: listIn(raw.allowedValues),
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Whether a field has to be given and was not. */
export const isMissing = (
  { id, required }: WritableField,
  given: Readonly<Record<string, unknown>>,
): boolean => required && (given[id] === undefined || given[id] === null)

/** What is done with another tool or argument than a value of this field. */
const elsewhere: Readonly<Record<string, string>> = {
  status: 'Use transitionJiraIssue to change the status.',
  comment: 'Use addOrEditJiraIssueComment for comments.',
  issuelinks: 'Links between issues are not fields.',
  attachment: 'Attachments are not fields.',
  project: 'The project is not a field here.',
}

/**
 * The field that a caller means, by id or by name in any case.
 *
 * @throws ToolError with the nearest names when none or several fit.
 */
export function fieldNamed(fields: readonly WritableField[], word: string): WritableField {
  const hint = Object.hasOwn(elsewhere, fold(word)) ? elsewhere[fold(word)] : undefined
  if (hint !== undefined) throw cannotBeSet(word, hint)
  const byId = fields.find(({ id }) => fold(id) === fold(word))
  if (byId) return byId
  const exact = fields.filter(({ name }) => fold(name) === fold(word))
  const [one] = exact
  if (one && exact.length === 1) return one
  if (exact.length > 1) {
    throw new ToolError({
      code: 'ambiguous',
      message: `More than one field is called ${quoted(word)}.`,
      next: `Use one of these ids: ${exact.map(({ id }) => id).join(', ')}.`,
    })
  }
  const near = matching(fields, word, ({ name }) => name)
  const names = (near.length > 0 ? near : settable(fields)).map(({ name }) => name)
  throw cannotBeSet(word, `${near.length > 0 ? 'Near names' : 'These can'}: ${some(names, 25)}.`)
}

function cannotBeSet(word: string, next: string): ToolError {
  return new ToolError({
    code: 'invalid_input',
    message: `No field ${quoted(word)} can be set here.`,
    next,
  })
}

/** The names of the values that a field can have. */
export function allowedNames({ allowedValues }: WritableField): readonly string[] {
  return allowedValues.map((allowed) => namesOf(allowed)[0] ?? '').filter(Boolean)
}

/** By what a caller may call an allowed value: names first, then key and id. */
export function namesOf(allowed: unknown): readonly string[] {
  const { id, key, name, value } = membersOf(allowed)
  return [name, value, key, id].filter((each) => typeof each === 'string').map(oneLine)
}

/** What a value looks like, by type. */
const forms: Readonly<Record<string, string>> = {
  user: 'a name or account id',
  date: 'a day such as 2026-12-24',
  datetime: 'a moment such as 2026-12-24T18:00:00.000+0100',
  number: 'a number',
  issuelink: 'the key of an issue',
}

/** What a value looks like, where Jira gives no list of them. */
export function formOf({ schema: { type, items } }: WritableField): string {
  const form = forms[items ?? type] ?? 'text'
  return type === 'array' ? `list, each ${form}` : form
}

/** `Severity: Blocks work, Hinders work` or `Due: a day such as 2026-12-24`. */
export function choicesOf(field: WritableField): string {
  const names = allowedNames(field)
  return `${field.name}: ${names.length > 0 ? some(names) : formOf(field)}`
}

/** Fields without those that are set by other means. */
export function settable(fields: readonly WritableField[]): readonly WritableField[] {
  return fields.filter(({ id }) => !Object.hasOwn(elsewhere, id))
}
