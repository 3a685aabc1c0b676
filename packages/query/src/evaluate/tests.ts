import type { FieldDef, FieldValue } from './field-def.ts'
import type { PreparedText } from './prepared-text.ts'
import type { Element } from './resolve.ts'
import { isFolded } from './resolve.ts'

/** Whether an item fits. */
export type Test<Item> = (item: Item) => boolean

type Content = FieldValue | PreparedText
type Held = ReturnType<FieldDef<never>['get']>

function isList(held: Content | readonly Content[]): held is readonly Content[] {
  return Array.isArray(held)
}

/** Whether a field holds nothing. An empty text is nothing. */
export function holdsNothing(held: Held): boolean {
  return held === undefined || held === null || held === '' || (isList(held) && held.length === 0)
}

/** Fits items whose field is empty. */
export function isEmptyTest<Item>({ get }: FieldDef<Item>): Test<Item> {
  return (item) => holdsNothing(get(item))
}

/** Fits items of which any value of the field passes. */
export function someTest<Item>({ get }: FieldDef<Item>, passes: (value: Content) => boolean): Test<Item> {
  return (item) => {
    const held = get(item)
    if (held === undefined || held === null) return false
    return isList(held) ? held.some(passes) : passes(held)
  }
}

/** What tells whether a stored value is among some elements. */
export function equalsAny<Item>(
  field: FieldDef<Item>,
  elements: readonly Element[],
): (value: Content) => boolean {
  const spans = elements.filter((element) => element.end !== undefined)
  if (spans.length > 0) {
    return (value) => spans.some((span) => value >= span.value && value < (span.end ?? span.value))
  }
  const fold = isFolded(field)
  const [first] = elements
  if (first === undefined) return () => false
  if (elements.length === 1) {
    const { value: wanted } = first
    return fold ? (value) => plain(value) === wanted : (value) => value === wanted
  }
  const wanted = new Set<Content>(elements.map(({ value }) => value))
  return fold ? (value) => wanted.has(plain(value)) : (value) => wanted.has(value)
}

/** A value as it is compared when its case does not matter. */
function plain(value: Content): FieldValue {
  if (typeof value === 'number') return value
  return (typeof value === 'string' ? value : value.text).toLowerCase()
}

/** Which comparisons hold for which signs of an order. NaN holds for none. */
const signs = {
  '<': (order: number) => order < 0,
  '>': (order: number) => order > 0,
  '<=': (order: number) => order <= 0,
  '>=': (order: number) => order >= 0,
} as const

/** An operator that ranks. */
export type Ranking = keyof typeof signs

/** Whether an operator ranks. */
export function isRanking(operator: string): operator is Ranking {
  return operator in signs
}

/** What tells whether a stored value ranks so against any of some elements. */
export function ranksAgainst<Item>(
  field: FieldDef<Item>,
  operator: Ranking,
  elements: readonly Element[],
): (value: Content) => boolean {
  const holds = signs[operator]
  const order = field.order ?? naturalOrder
  const read = isFolded(field) ? plain : stored
  const [first] = elements
  if (first !== undefined && elements.length === 1) {
    const { value: bound } = first
    return (value) => holds(order(read(value), bound))
  }
  return (value) => elements.some(({ value: bound }) => holds(order(read(value), bound)))
}

/** A value without what was prepared for searching. */
export function stored(value: Content): FieldValue {
  return typeof value === 'object' ? value.text : value
}

/** Numbers by size, texts by their letters; a number and a text cannot be compared. */
export function naturalOrder(a: FieldValue, b: FieldValue): number {
  if (typeof a !== typeof b) return Number.NaN
  if (a === b) return 0
  return a < b ? -1 : 1
}
