import { ToolError } from '@telamon/tool-registry'

import type { JiraSite } from '../define.ts'
import { keyOn, numberOrKey } from '../names/issues.ts'
import { fold, some } from '../names/nearest.ts'
import type { NamedPerson } from '../names/people.ts'
import { writtenText } from '../rich-text.ts'
import { membersOf } from '../views/value.ts'
import { allowedNames, namesOf } from './metadata.ts'
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

/** Turns a value, or one item of a list, into Jira's form. */
export type Encoder = (value: unknown, field: WritableField, context: EncodeContext) => unknown

/** Whether a field holds a document. */
export const isRich = ({ id, schema }: WritableField): boolean =>
  id === 'description' ||
  id === 'environment' ||
  schema.custom?.endsWith(':textarea') === true ||
  schema.type === 'doc'

/** The encoder of a whole value; nothing when its items are encoded one by one. */
export function encoderOf(field: WritableField): Encoder | undefined {
  if (isRich(field)) return richText
  const { type, custom = '' } = field.schema
  const special = Object.entries(kinds).find(([kind]) => custom.endsWith(kind))?.[1]
  return special ?? (type === 'array' ? undefined : (encoders[type] ?? asIs))
}

/** The encoder of the items of a list. */
export const itemEncoderOf = ({ schema }: WritableField): Encoder =>
  encoders[schema.items ?? 'string'] ?? asIs

const richText: Encoder = (value, { id }, { format, note, present = {} }) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const written = { format: typeof value === 'string' ? format : 'adf', present: present[id] } as const
  const { document, notes } = writtenText(text, written)
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
  const { key, id } = membersOf(value)
  if (key === undefined && id !== undefined) return value
  const word = wordOf(key ?? value)
  if (word === undefined || numberOrKey(word.trim()) === undefined)
    throw invalid(field, value, 'Give the key of an issue, such as ALPHA-12.')
  const own = keyOn(site, word.trim())
  return /^\d+$/.test(own) ? { id: own } : { key: own }
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

/** The error for a value that a field cannot have. */
export function invalid({ name }: WritableField, value: unknown, next: string): ToolError {
  return new ToolError({
    code: 'invalid_input',
    message: `${name} cannot be ${JSON.stringify(value)?.slice(0, 200) ?? 'that'}.`,
    next,
  })
}
