/**
 * A table that is looked up by words from outside. It has nothing but its entries: a word such as `constructor` finds
 * nothing, where it would find something in an ordinary object.
 */
export function table<Value>(
  entries: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value | undefined>> {
  const bare: Record<string, Value | undefined> = { ...entries }
  Object.setPrototypeOf(bare, null)
  return bare
}
