/** A seeded source, so that a failing case is found again by its number. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Pieces that texts break on: escapes, separators, invisible characters, halves of pairs, markup. */
const pieces = [
  '/',
  '..',
  '.',
  '%2f',
  '%',
  '?',
  '#',
  '\\',
  '\n',
  '\r',
  '\0',
  '"',
  "'",
  ';',
  ',',
  '=',
  '&',
  '+',
  ' ',
  '\u202E',
  '\u200B',
  '\u2215',
  '\uD800',
  '\uDFFF',
  '😀',
  'ä',
  '日',
  '<b>',
  '{',
  '}',
  '[',
  ']',
  'ED-1',
  'a',
  '0',
  '-',
  '_',
  '~',
  ':',
  '@',
]

/** Texts of up to so many pieces, some of them random characters. */
export function texts(count: number, longest = 12): readonly string[] {
  const random = mulberry(20_261_123)
  return Array.from({ length: count }, () => {
    const length = Math.floor(random() * longest)
    return Array.from({ length }, () =>
      random() < 0.3
        ? String.fromCodePoint(Math.floor(random() * 0x2_000))
        : (pieces[Math.floor(random() * pieces.length)] ?? ''),
    ).join('')
  })
}
