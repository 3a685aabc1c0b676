const width = 280

/**
 * A piece of a text around the first of the words searched for. `marked` puts the marks of the service around each of
 * them (documented: `@@@hl@@@` and `@@@endhl@@@`).
 */
export function excerpt(
  text: string,
  { words, marked }: { readonly words: readonly string[]; readonly marked: boolean },
): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  const lower = flat.toLowerCase()
  const places = words.map((word) => lower.indexOf(word.toLowerCase())).filter((place) => place >= 0)
  const from = places.length === 0 ? 0 : Math.max(0, Math.min(...places) - width / 4)
  const start = from === 0 ? 0 : flat.indexOf(' ', from) + 1
  const piece = flat.slice(start, start + width)
  if (!marked || words.length === 0) return piece
  const wanted = words.map((word) => word.toLowerCase())
  return piece.replaceAll(/[\p{L}\p{N}]+/gu, (word) =>
    wanted.some((beginning) => word.toLowerCase().startsWith(beginning))
      ? `@@@hl@@@${word}@@@endhl@@@`
      : word,
  )
}
