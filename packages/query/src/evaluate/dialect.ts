import type { Field } from '../ast.ts'
import type { FieldDef, FieldInfo, FieldType, FieldValue, Lookup } from './field-def.ts'

/** A function of the query language. */
export interface FunctionDef {
  /** As it is written, such as `openSprints`. Case does not matter. */
  readonly name: string
  /** Whether it stands for a list, and so belongs after IN. Absent: it fits both. */
  readonly list?: boolean
  /** The kinds of fields it serves. Default: all. */
  readonly types?: readonly FieldType[]
  /** The stored values it stands for; none matches nothing. Of dates: an instant. `problem` is a sentence. */
  readonly call: (
    args: readonly string[],
    lookup: Lookup,
  ) => FieldValue | readonly FieldValue[] | { readonly problem: string } | undefined
}

/** What a query is evaluated with: fields, functions, and what they mean. */
export interface Dialect<Item> {
  /** A list, or a look-up for fields that depend on the whole name, such as entity properties. None: unknown. */
  readonly fields: readonly FieldDef<Item>[] | ((field: Field) => readonly FieldDef<Item>[])
  /** On top of `now`, `currentUser` and those for the beginnings and ends of days, weeks, months and years. */
  readonly functions?: readonly FunctionDef[]
  /** The account ids behind a name after BY. Default: the name is the id. */
  readonly person?: (text: string, lookup: Lookup) => FieldValue | readonly FieldValue[] | undefined
  /** Decides between items that ORDER BY finds equal. */
  readonly tie?: (a: Item, b: Item) => number
}

/** What a query is judged by, without items. */
export interface Vocabulary {
  readonly fields: readonly FieldInfo[]
  /** The names of all functions. Absent: any function may be there. */
  readonly functions?: readonly string[]
}

const indexes = new WeakMap<readonly FieldInfo[], Map<string, number[]>>()

/** The fields that a name fits: more than one where names are not unique. */
export function findFields<Def extends FieldInfo>(
  fields: readonly Def[] | ((field: Field) => readonly Def[]),
  field: Field,
): readonly Def[] {
  if (typeof fields === 'function') return fields(field)
  if (field.properties.length > 0) return []
  const places = indexOf(fields).get(field.name.toLowerCase()) ?? []
  return fields.filter((_field, place) => places.includes(place))
}

function indexOf(fields: readonly FieldInfo[]): Map<string, number[]> {
  const known = indexes.get(fields)
  if (known) return known
  const index = new Map<string, number[]>()
  for (const [place, field] of fields.entries()) {
    for (const name of new Set(namesOf(field))) index.set(name, [...(index.get(name) ?? []), place])
  }
  indexes.set(fields, index)
  return index
}

function namesOf({ name, aliases = [], customId }: FieldInfo): readonly string[] {
  const names = [name, ...aliases].map((each) => each.toLowerCase())
  return customId === undefined ? names : [...names, `cf[${customId}]`]
}
