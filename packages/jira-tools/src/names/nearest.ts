/** Without regard to case, spaces at the ends, and ways of writing a character. */
export const fold = (text: string): string => text.trim().normalize('NFKC').toLowerCase()

/** Those with this name; else those whose name begins with it, else those that contain it. */
export function matching<Item>(
  items: readonly Item[],
  name: string,
  nameOf: (item: Item) => string,
): readonly Item[] {
  const wanted = fold(name)
  const tests = [
    (text: string) => text === wanted,
    (text: string) => text.startsWith(wanted),
    (text: string) => text.includes(wanted),
  ]
  for (const test of tests) {
    const found = items.filter((item) => test(fold(nameOf(item))))
    if (found.length > 0) return found
  }
  return []
}
