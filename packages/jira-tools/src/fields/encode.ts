import { membersOf } from '../views/value.ts'
import type { Members } from '../views/value.ts'
import { encoderOf, invalid, itemEncoderOf } from './encoders.ts'
import type { EncodeContext } from './encoders.ts'
import { fieldNamed } from './metadata.ts'
import type { WritableField } from './metadata.ts'

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
type Step = Readonly<Record<string, unknown>>

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

/**
 * Whole values, where there is no list yet that could be changed.
 *
 * @throws ToolError for steps.
 */
export async function encodedWhole(
  values: readonly FieldValue[],
  context: EncodeContext,
): Promise<Encoded['fields']> {
  for (const { field, value } of values)
    if (stepsIn(value, field)) throw invalid(field, value, 'Give the whole list.')
  return (await encoded(values, context)).fields
}

const verbs = ['add', 'remove'] as const

/** `{ add: […], remove: […] }` for a field that can be changed that way. */
function stepsIn(value: unknown, { schema, operations }: WritableField): Members | undefined {
  if (schema.type !== 'array' || Array.isArray(value)) return undefined
  const members = membersOf(value)
  const names = Object.keys(members)
  const isSteps = names.length > 0 && names.every((name) => verbs.some((verb) => verb === name))
  return isSteps && names.every((name) => operations.includes(name)) ? members : undefined
}

async function encodedSteps(
  steps: Members,
  field: WritableField,
  context: EncodeContext,
): Promise<readonly Step[]> {
  const result: Step[] = []
  for (const [verb, items] of Object.entries(steps))
    for (const item of asList(items))
      result.push({ [verb]: await itemEncoderOf(field)(item, field, context) })
  return result
}

async function encodedValue(value: unknown, field: WritableField, context: EncodeContext): Promise<unknown> {
  const encode = encoderOf(field)
  if (encode) return encode(value, field, context)
  return Promise.all(asList(value).map((item) => itemEncoderOf(field)(item, field, context)))
}

/** One value where a list is wanted is a list of one. */
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])
