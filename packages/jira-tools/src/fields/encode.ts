import { ToolError } from '@telamon/tool-registry'

import type { JiraSite } from '../define.ts'
import { keyOn, numberOrKey } from '../names/issues.ts'
import { fold, some } from '../names/nearest.ts'
import type { NamedPerson } from '../names/people.ts'
import { writtenText } from '../rich-text.ts'
import { membersOf } from '../views/value.ts'
import { allowedNames, fieldNamed, namesOf } from './metadata.ts'
import type { WritableField } from './metadata.ts'

/** What turning values into Jira's form needs beside the metadata. */
export interface EncodeContext {
  readonly site: JiraSite
  /** Who is meant by an id, a name, an e-mail address or "me". */
  readonly personNamed: (person: string) => Promise<NamedPerson>
  readonly format: 'markdown' | 'adf'
  /** What the rich text fields hold now, by id, so that an edit keeps what Markdown cannot say. */
  readonly present?: Readonly<Record<string, unknown>>
  /** Takes remarks about what was changed on the way. */
  readonly note: (remark: string) => void
}

/** A value of a call with the field that it is for. */
export interface FieldValue {
  readonly field: WritableField
  readonly value: unknown
}

/** Values as Jira takes them, by id of the field: whole values, and steps that add to a list or take from it. */
export interface Encoded {
  readonly fields: Readonly<Record<string, unknown>>
  readonly update: Readonly<Record<string, readonly Step[]>>
}

/** One step: `{ add: 'urgent' }`. */
export type Step = Readonly<Record<string, unknown>>

/** Finds the fields that the values of a call are for, by name or id. */
export function fieldValues(
  values: Readonly<Record<string, unknown>>,
  fields: readonly WritableField[],
): readonly FieldValue[] {
  return Object.entries(values).map(([word, value]) => ({ field: fieldNamed(fields, word), value }))
}

/** Values as Jira takes them. `null` empties a field; `{ add, remove }` changes a list in place of replacing it. */
export async function encoded(values: readonly FieldValue[], context: EncodeContext): Promise<Encoded> {
  const fields: Record<string, unknown> = {}
  const update: Record<string, readonly Step[]> = {}
  for (const { field, value } of values) {
    const steps = stepsIn(value, field)
    if (steps) update[field.id] = await encodedSteps(steps, field, context)
    else fields[field.id] = value === null ? null : await encodedValue(value, field, context)
  }
  return { fields, update }
}

/** Whether a field holds a document. */
export const isRich = ({ id, schema }: WritableField): boolean =>
  id === 'description' ||
  id === 'environment' ||
  schema.custom?.endsWith(':textarea') === true ||
  schema.type === 'doc'

const verbs = ['add', 'remove'] as const

/** `{ add: […], remove: […] }` for a field that can be changed that way. */
function stepsIn(value: unknown, { schema, operations }: WritableField): Members | undefined {
  if (schema.type !== 'array' || Array.isArray(value)) return undefined
  const members = membersOf(value)
  const names = Object.keys(members)
  const isSteps = names.length > 0 && names.every((name) => verbs.some((verb) => verb === name))
  return isSteps && names.every((name) => operations.includes(name)) ? members : undefined
}

type Members = Readonly<Record<string, unknown>>

async function encodedSteps(
  steps: Members,
  field: WritableField,
  context: EncodeContext,
): Promise<readonly Step[]> {
  const result: Step[] = []
  for (const [verb, items] of Object.entries(steps))
    for (const item of asList(items)) result.push({ [verb]: await encodedItem(item, field, context) })
  return result
}

type Encoder = (value: unknown, field: WritableField, context: EncodeContext) => unknown

async function encodedValue(value: unknown, field: WritableField, context: EncodeContext): Promise<unknown> {
  if (isRich(field)) return richText(value, field, context)
  const { type, custom = '' } = field.schema
  const special = Object.entries(kinds).find(([kind]) => custom.endsWith(kind))?.[1]
  if (special) return special(value, field, context)
  if (type !== 'array') return (encoders[type] ?? asIs)(value, field, context)
  return Promise.all(asList(value).map((item) => encodedItem(item, field, context)))
}

async function encodedItem(value: unknown, field: WritableField, context: EncodeContext): Promise<unknown> {
  return (encoders[field.schema.items ?? 'string'] ?? asIs)(value, field, context)
}

/** One value where a list is wanted is a list of one. */
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

const richText: Encoder = (value, { id }, { format, note, present = {} }) => {
  if (typeof value !== 'string') return value
  const { document, notes } = writtenText(value, { format, present: present[id] })
  for (const remark of notes) note(remark)
  return document
}

const nobody: ReadonlySet<string> = new Set(['unassigned', 'nobody', 'none'])

const person: Encoder = async (value, field, { personNamed, note }) => {
  if (typeof value !== 'string') return value
  if (nobody.has(fold(value))) return null
  const { accountId, name } = await personNamed(value)
  if (name !== undefined && fold(name) !== fold(value)) note(`${field.name}: ${name}`)
  return { accountId }
}

const issue: Encoder = (value, field, { site }) => {
  const word = typeof value === 'string' ? value.trim() : membersOf(value)['key']
  if (typeof word !== 'string') return value
  if (numberOrKey(word) === undefined)
    throw invalid(field, word, 'Give the key of an issue, such as ALPHA-12.')
  const key = keyOn(site, word)
  return /^\d+$/.test(key) ? { id: key } : { key }
}

/** A value of a list that Jira gives: found by name, key or id, whatever the caller wrote. */
const choice: Encoder = (value, field) => {
  const word = wordOf(value)
  if (word === undefined) return value
  const found = field.allowedValues.find((allowed) =>
    namesOf(allowed).some((name) => fold(name) === fold(word)),
  )
  const { id } = membersOf(found)
  if (typeof id === 'string') return { id }
  if (field.allowedValues.length === 0) {
    const { type, items } = field.schema
    return (type === 'array' ? items : type) === 'option' ? { value: word } : { name: word }
  }
  throw invalid(field, word, `Use one of these: ${some(allowedNames(field), 30)}.`)
}

/** `High`, `3`, `{ "name": "High" }` and `{ "value": "High" }` all say which one. */
function wordOf(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  const { id, name, value: inner } = membersOf(value)
  const word = id ?? name ?? inner
  return typeof word === 'string' || typeof word === 'number' ? String(word) : undefined
}

/** `Europe / Berlin`: a value, and one of those that belong to it. */
const cascading: Encoder = (value, field, context) => {
  if (typeof value !== 'string') return value
  const [outer = '', inner] = value.split(' / ', 2)
  const chosen = membersOf(choice(outer, field, context))
  if (inner === undefined) return chosen
  const parent = field.allowedValues.find((allowed) => membersOf(allowed)['id'] === chosen['id'])
  const { children } = membersOf(parent)
  const below = { ...field, allowedValues: Array.isArray(children) ? children : [] }
  return { ...chosen, child: choice(inner, below, context) }
}

const number: Encoder = (value, field) => {
  if (typeof value === 'number') return value
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  if (Number.isFinite(read)) return read
  throw invalid(field, value, 'Give a number.')
}

const day: Encoder = (value, field) => {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d(?:T.*)?$/.test(value.trim()))
    return value.trim().slice(0, 10)
  throw invalid(field, value, 'Give a day as yyyy-MM-dd, such as 2026-12-24.')
}

const label: Encoder = (value, field) => {
  if (typeof value !== 'string' || !/\s/.test(value.trim()))
    return typeof value === 'string' ? value.trim() : value
  if (field.id !== 'labels' && field.schema.custom?.endsWith(':labels') !== true) return value
  throw invalid(field, value, `A label has no spaces: write ${value.trim().replaceAll(/\s+/g, '-')}.`)
}

/** `3d 4h` alone is the original estimate. */
const times: Encoder = (value) => (typeof value === 'string' ? { originalEstimate: value } : value)

const asIs: Encoder = (value) => value

/** By type of the value. What is not named is sent as it is, and Jira says what is wrong with it. */
const encoders: Readonly<Record<string, Encoder>> = {
  user: person,
  number,
  date: day,
  string: label,
  timetracking: times,
  option: choice,
  'option-with-child': cascading,
  priority: choice,
  resolution: choice,
  securitylevel: choice,
  issuetype: choice,
  version: choice,
  component: choice,
  group: choice,
  issuelink: issue,
  'issue link': issue,
}

/** By the end of the name of a kind of custom field whose values are not what their type says. */
const kinds: Readonly<Record<string, Encoder>> = {
  // Its type is a list; it takes the id of one sprint (documented).
  ':gh-sprint': (value, field, context) => number(Array.isArray(value) ? value[0] : value, field, context),
}

function invalid({ name }: WritableField, value: unknown, next: string): ToolError {
  return new ToolError({
    code: 'invalid_input',
    message: `${name} cannot be ${JSON.stringify(value)?.slice(0, 200) ?? 'that'}.`,
    next,
  })
}
