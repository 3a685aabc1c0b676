/** A document of an index: its words, and how much each counts. */
export interface Indexed<Item> {
  readonly item: Item
  /** Weighted: the same word may stand there several times. */
  readonly words: readonly string[]
}

/** A hit with its score; higher is better. */
interface Hit<Item> {
  readonly item: Item
  readonly score: number
}

/** Finds documents by words, the best first; documents without any of the words are left out. */
export type Index<Item> = (words: readonly string[]) => readonly Hit<Item>[]

/** How soon a repeated word stops counting, and how much long documents are held back. The usual values. */
const saturation = 1.2
const lengthWeight = 0.75

/**
 * Ranks by Okapi BM25.
 *
 * @see Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009
 */
export function createIndex<Item>(documents: readonly Indexed<Item>[]): Index<Item> {
  const postings = new Map<string, Map<number, number>>()
  for (const [at, { words }] of documents.entries()) {
    for (const word of words) {
      const posting = postings.get(word) ?? new Map<number, number>()
      posting.set(at, (posting.get(at) ?? 0) + 1)
      postings.set(word, posting)
    }
  }
  const lengths = documents.map(({ words }) => words.length)
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)

  return (words) => {
    const scores = new Map<number, number>()
    for (const word of new Set(words)) {
      const posting = postings.get(word)
      if (posting === undefined) continue
      const rarity = Math.log(1 + (documents.length - posting.size + 0.5) / (posting.size + 0.5))
      for (const [at, count] of posting) {
        const length = (lengths[at] ?? 0) / average
        const weight =
          (count * (saturation + 1)) / (count + saturation * (1 - lengthWeight + lengthWeight * length))
        scores.set(at, (scores.get(at) ?? 0) + rarity * weight)
      }
    }
    return [...scores]
      .toSorted(([a, one], [b, other]) => other - one || a - b)
      .flatMap(([at, score]) => {
        const document = documents[at]
        return document === undefined ? [] : [{ item: document.item, score }]
      })
  }
}
