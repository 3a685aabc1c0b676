import type { ContentProperty, Label, Like, Operation, Version } from '../generated/v2/types.gen.ts'

/** What can come along with a page or post: the first 50 of each. */
export interface Inclusions {
  readonly labels: readonly Label[]
  readonly properties: readonly ContentProperty[]
  readonly operations: readonly Operation[]
  readonly likes: readonly Like[]
  readonly versions: readonly Version[]
}

/** The name of something that can come along. */
export type Inclusion = keyof Inclusions

/** The members that were asked for, as lists. */
export type Included<Names extends Inclusion> = Pick<Inclusions, Names>

/** The query that asks for them. */
export function inclusionsOf(
  names: readonly Inclusion[],
): Readonly<Partial<Record<`include-${Inclusion}`, true>>> {
  return Object.fromEntries(names.map((name) => [`include-${name}`, true]))
}

type Wrapped = { readonly [Name in Inclusion]?: { readonly results?: readonly unknown[] | null } | null }

/** Takes the lists out of the objects that they come in. */
export function unwrapped(item: Wrapped, names: readonly Inclusion[]): object {
  return { ...item, ...Object.fromEntries(names.map((name) => [name, item[name]?.results ?? []])) }
}
