import { ToolError } from '@telamon/tool-registry'

import { fold } from '../names/nearest.ts'
import { writtenText } from '../rich-text.ts'
import { valueText } from '../views/value.ts'
import { fieldNamed } from './metadata.ts'
import type { WritableField } from './metadata.ts'

/** What turning values into Jira's form needs beside the metadata. */
export interface EncodeContext {
  /** The account id of somebody named by id, name, e-mail address or "me". */
  readonly accountIdOf: (person: string) => Promise<string>
  readonly format: 'markdown' | 'adf'
  /** Takes remarks about what was changed on the way. */
  readonly note: (remark: string) => void
}

/** The values of a call, by name or id of the field, as Jira takes them. `null` empties a field. */
export async function encodeValues(
  values: Readonly<Record<string, unknown>>,
  fields: readonly WritableField[],
  context: EncodeContext,
): Promise<Record<string, unknown>> {
  const encoded: Record<string, unknown> = {}
  for (const [word, value] of Object.entries(values)) {
    const field = fieldNamed(fields, word)
    encoded[field.id] = value === null ? null : await encodeValue(value, field, context)
  }
  return encoded
}

type Encoder = (value: unknown, field: WritableField, context: EncodeContext) => unknown

const richText: Encoder = (value, _field, { format, note }) => {
  if (typeof value !== 'string') return value
  const { document, notes } = writtenText(value, format)
  for (const remark of notes) note(remark)
  return document
}

const person: Encoder = async (value, _field, { accountIdOf }) =>
  typeof value === 'string' ? { accountId: await accountIdOf(value) } : value

const issue: Encoder = (value) => (typeof value === 'string' ? { key: value.trim().toUpperCase() } : value)

/** A value of a list that Jira gives: found by name, key or id, whatever the caller wrote. */
const choice: Encoder = (value, field) => {
  if (typeof value !== 'string' && typeof value !== 'number') return value
  const word = String(value)
  const found = field.allowedValues.find((allowed) =>
    namesOf(allowed).some((name) => fold(name) === fold(word)),
  )
  const id = Object(found)['id']
  if (typeof id === 'string') return { id }
  if (field.allowedValues.length === 0)
    return field.schema.type === 'option' || field.schema.items === 'option'
      ? { value: word }
      : { name: word }
  throw new ToolError({
    code: 'invalid_input',
    message: `${field.name} cannot be ${JSON.stringify(word)}.`,
    next: `Use one of these: ${field.allowedValues.slice(0, 30).map(valueText).join(', ')}.`,
  })
}

const number: Encoder = (value) =>
  typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value

const asIs: Encoder = (value) => value

/** By type of the value. What is not named is sent as it is, and Jira says what is wrong with it. */
const encoders: Readonly<Record<string, Encoder>> = {
  user: person,
  number,
  option: choice,
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

/** Fields whose text is a document. */
const isRich = ({ id, schema }: WritableField): boolean =>
  id === 'description' ||
  id === 'environment' ||
  schema.custom?.endsWith(':textarea') === true ||
  schema.type === 'doc'

async function encodeValue(value: unknown, field: WritableField, context: EncodeContext): Promise<unknown> {
  if (isRich(field)) return richText(value, field, context)
  const { type, items = 'string' } = field.schema
  if (type !== 'array') return (encoders[type] ?? asIs)(value, field, context)
  const encode = encoders[items] ?? asIs
  return Promise.all(listed(value).map((item) => encode(item, field, context)))
}

/** One value where a list is wanted is a list of one. */
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

function namesOf(allowed: unknown): readonly string[] {
  const { id, key, name, value } = Object(allowed)
  return [name, value, key, id].filter((each) => typeof each === 'string')
}
