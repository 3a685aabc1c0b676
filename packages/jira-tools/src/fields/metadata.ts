import { ToolError } from '@telamon/tool-registry'

import { fold, matching } from '../names/nearest.ts'

/** A field as the metadata for creating and editing says. */
export interface WritableField {
  /** Its id: `summary`, `customfield_10016`. */
  readonly id: string
  /** What people call it. */
  readonly name: string
  readonly required: boolean
  /** `type` of the value; `items` of the values of a list; `custom` names the kind of a custom field. */
  readonly schema: { readonly type: string; readonly items?: string; readonly custom?: string }
  readonly allowedValues: readonly unknown[]
}

/** Metadata of a field as Jira sends it. */
interface RawField {
  readonly fieldId?: unknown
  readonly key?: unknown
  readonly name?: unknown
  readonly required?: unknown
  readonly schema?: unknown
  readonly allowedValues?: unknown
}

/** Reads the metadata of one field. `id` where the answer keeps it outside of the field. */
export function writableField(
  { fieldId, key, name, required, schema, allowedValues }: RawField,
  id?: string,
): WritableField {
  const own = id ?? text(fieldId) ?? text(key) ?? ''
  const { type, items, custom } = Object(schema)
  return {
    id: own,
    name: text(name) ?? own,
    required: required === true,
    schema: { type: text(type) ?? 'any', ...(text(items) && { items }), ...(text(custom) && { custom }) },
    allowedValues: Array.isArray(allowedValues) ? allowedValues : [],
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/**
 * The field that a caller means, by id or by name in any case.
 *
 * @throws ToolError with the nearest names when none or several fit.
 */
export function fieldNamed(fields: readonly WritableField[], word: string): WritableField {
  const byId = fields.find(({ id }) => fold(id) === fold(word))
  if (byId) return byId
  const exact = fields.filter(({ name }) => fold(name) === fold(word))
  const [one] = exact
  if (one && exact.length === 1) return one
  const near = exact.length > 1 ? exact : matching(fields, word, ({ name }) => name)
  const shown = (near.length > 0 ? near : fields).slice(0, 25).map(({ id, name }) => `${name} (${id})`)
  throw new ToolError({
    code: exact.length > 1 ? 'ambiguous' : 'invalid_input',
    message:
      exact.length > 1
        ? `More than one field is called ${JSON.stringify(word)}.`
        : `No field ${JSON.stringify(word)} can be set here.`,
    next: `Use one of these, by name or id: ${shown.join(', ')}.`,
  })
}
