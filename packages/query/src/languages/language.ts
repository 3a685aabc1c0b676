import type { Language } from '../ast.ts'

/** What sets one language apart from the other. Everything else is common. */
export interface Grammar {
  readonly language: Language
  /** In messages: `'and' is a reserved JQL word`. */
  readonly label: string
  /** Words with a part in the grammar, in lower case. */
  readonly keywords: ReadonlySet<string>
  /** Words that are refused unless quoted, in lower case. */
  readonly reserved: ReadonlySet<string>
  /** Whether IS, WAS, CHANGED, EMPTY, `cf[…]` and properties are known. */
  readonly extended: boolean
  /** A clause that matches nothing, for `none`. */
  readonly nothing: string
}

/** Splits a table of words written as text. */
export function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
