import { stem } from './stem.ts'

/** A text made ready for searching. */
export interface PreparedText {
  readonly text: string
  /** In lower case, in order. */
  readonly words: readonly string[]
  /** The stem of each word. */
  readonly stems: readonly string[]
  readonly stemSet: ReadonlySet<string>
}

const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`
const pattern = new RegExp(`${unspaced}|(?:(?!${unspaced})[\\p{L}\\p{N}\\p{M}_])+`, 'gu')

/** The words of a text in lower case. Scripts that do not put spaces between words give one word a character. */
export function wordsOf(text: string): readonly string[] {
  return text.normalize('NFC').toLowerCase().match(pattern) ?? []
}

/**
 * Makes a text ready for `~`. Fields of many items should keep what it gives: searching prepared texts is a look-up,
 * searching plain ones cuts them into words each time.
 */
export function prepareText(text: string): PreparedText {
  const words = wordsOf(text)
  const stems = words.map(stem)
  return { text, words, stems, stemSet: new Set(stems) }
}
