import { oneLine } from '@telamon/tool-registry'

/** Without regard to case, spaces at the ends, and ways of writing a character. */
export const fold = (text: string): string => text.trim().normalize('NFKC').toLowerCase()

/** Those with this name; else those whose name begins with it, contains it, or looks like it, the nearest first. */
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
  return alike(items, name, nameOf)
}

/** Half of the pairs of letters in common: `Severty` is like `Severity`. */
const likeEnough = 0.5

/** Those whose name looks like this one, the nearest first. */
function alike<Item>(items: readonly Item[], name: string, nameOf: (item: Item) => string): readonly Item[] {
  const wanted = pairsOf(name)
  return items
    .map((item) => ({ item, likeness: likeness(wanted, pairsOf(nameOf(item))) }))
    .filter((one) => one.likeness >= likeEnough)
    .toSorted((one, other) => other.likeness - one.likeness)
    .map(({ item }) => item)
}

function pairsOf(text: string): ReadonlySet<string> {
  const letters = fold(text)
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)),
  )
}

/** Dice's coefficient: 1 for the same pairs, 0 for none in common. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((pair) => other.has(pair)).length
  return one.size + other.size === 0 ? 0 : (2 * common) / (one.size + other.size)
}

/** What a caller wrote, for a sentence: on one line, and not all of it when it is long. */
export const quoted = (text: string): string => JSON.stringify(oneLine(text).slice(0, 80))

/** Names for a sentence: so many, and how many are left out. */
export function some(names: readonly string[], most = 20): string {
  const left = names.length - most
  return left > 0 ? `${names.slice(0, most).join(', ')} and ${left} more` : names.join(', ')
}
