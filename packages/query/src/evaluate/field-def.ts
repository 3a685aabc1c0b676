import type { Operator, Query } from '../ast.ts'
import type { Context } from './context.ts'
import type { PreparedText } from './prepared-text.ts'

/** What fields hold and operands stand for: an id, a name, a number, an instant. */
export type FieldValue = string | number

/**
 * What kind of values a field has, which decides how operands are read and compared.
 *
 * - `text`: searched by words. `option`: one or more of a set, compared for equality. `ordered`: the same, with a rank.
 * - `date`: a day as `yyyy-MM-dd`. `datetime`: an instant in milliseconds since 1970.
 * - `number`. `duration`: seconds, written as `2h 30m`, where a day has 8 hours and a week 5 days.
 * - `query`: a saved query, which takes the place of the clause.
 */
export type FieldType = 'text' | 'option' | 'ordered' | 'date' | 'datetime' | 'number' | 'duration' | 'query'

/** What is known of a field without any item: enough to judge a query. */
export interface FieldInfo {
  /** The name in messages, and the first one to be found by. Case does not matter. */
  readonly name: string
  readonly aliases?: readonly string[]
  /** Found by `cf[…]`. */
  readonly customId?: number
  readonly type: FieldType
  /** Default: what the type allows in JQL. */
  readonly operators?: readonly Operator[]
  /** Whether WAS and CHANGED work on it. Default: whether it has a `history`. */
  readonly tracked?: boolean
  /** Words that mean no value, such as `Unresolved` for a resolution. */
  readonly emptyNames?: readonly string[]
  /** All values there are, to be named in messages. */
  readonly values?: readonly string[]
}

/** What a name in a query is looked up with. */
export interface Lookup {
  readonly context: Context
  readonly field: FieldInfo
  /** Present when it was written as a whole number, which is an id first and a name second. */
  readonly number?: number
}

/** A field of an item, for evaluation. */
export interface FieldDef<Item> extends FieldInfo {
  /** The item's value or values. None, or an empty list: the field is empty. */
  readonly get: (
    item: Item,
  ) => FieldValue | PreparedText | readonly (FieldValue | PreparedText)[] | null | undefined
  /**
   * The stored values a text in a query stands for; undefined when there is no such value. Without it, options are
   * compared by their text, whatever its case, and every text is known.
   */
  readonly resolve?: (text: string, lookup: Lookup) => FieldValue | readonly FieldValue[] | undefined
  /**
   * Ranks two stored values, for `<` and `>` and for sorting; NaN when they cannot be compared. Without `resolve`, the
   * texts it sees for `<` and `>` are in lower case.
   */
  readonly order?: (a: FieldValue, b: FieldValue) => number
  /** The direction of ORDER BY when the query names none. Default: true for dates. */
  readonly descending?: boolean
  /** What the field held, and when. */
  readonly history?: (item: Item) => FieldHistory
  /** Of a `query` field: the query behind a name; undefined when there is none. */
  readonly expand?: (text: string, lookup: Lookup) => Query | undefined
}

/** The past of one field of one item. */
export interface FieldHistory {
  /** When the item came to be, in milliseconds since 1970, and who made it. */
  readonly created: number
  readonly createdBy?: string
  /** Oldest first. Without any, the field has always held what it holds. */
  readonly changes: readonly FieldChange[]
}

/** One change of one field. No values: it was empty. */
export interface FieldChange {
  readonly at: number
  readonly by?: string
  readonly from: readonly FieldValue[]
  readonly to: readonly FieldValue[]
}

const equality: readonly Operator[] = ['=', '!=', 'in', 'not in']
const emptiness: readonly Operator[] = ['is', 'is not']
const ranking: readonly Operator[] = ['<', '>', '<=', '>=']
const past: readonly Operator[] = ['was', 'was not', 'was in', 'was not in', 'changed']

const byType: Readonly<Record<FieldType, readonly Operator[]>> = {
  text: ['~', '!~', ...emptiness],
  option: [...equality, ...emptiness],
  ordered: [...equality, ...ranking, ...emptiness],
  date: [...equality, ...ranking, ...emptiness],
  datetime: [...equality, ...ranking, ...emptiness],
  number: [...equality, ...ranking, ...emptiness],
  duration: [...equality, ...ranking, ...emptiness],
  query: equality,
}

/** The operators a field takes. */
export function operatorsOf(field: FieldInfo): readonly Operator[] {
  if (field.operators) return field.operators
  const tracked = field.tracked ?? ('history' in field && field.history !== undefined)
  return tracked ? [...byType[field.type], ...past] : byType[field.type]
}
