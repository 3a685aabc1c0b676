import type { Warning } from '../document.ts'

/** What an edit did to the blocks of a document. */
export interface PatchReport {
  /** Blocks that are the very nodes of the original. */
  readonly kept: number
  /** Blocks that were changed and kept what Markdown does not show. */
  readonly changed: number
  readonly added: number
  readonly removed: number
  /** Blocks that are the very nodes of the original, at another place. */
  readonly moved: number
  /** Inline comments whose text is gone or no longer unmistakable; say so to whoever asked for the edit. */
  readonly annotationsLost: readonly LostAnnotation[]
  /** Which view of the document was edited, as far as can be told from the text. */
  readonly view: 'edit' | 'plain'
  /** What reading the edited text had to put into another form, and what was lost on the way. */
  readonly warnings: readonly Warning[]
}

/** An inline comment that lost its place. */
export interface LostAnnotation {
  readonly id: string
  /** The text that it was about. */
  readonly text: string
}

/** A report while it is being made. */
export interface Tally {
  kept: number
  changed: number
  added: number
  removed: number
  moved: number
  readonly annotationsLost: LostAnnotation[]
}

/** A report in which nothing has been counted. */
export function createTally(): Tally {
  return { kept: 0, changed: 0, added: 0, removed: 0, moved: 0, annotationsLost: [] }
}

/** A finished report. Comments that lost their place are told as warnings too. */
export function reportOf(tally: Tally, view: 'edit' | 'plain', warnings: readonly Warning[]): PatchReport {
  const lost = tally.annotationsLost.map(({ text }): Warning => ({
    code: 'lost',
    subject: 'annotation',
    message: `An inline comment lost its place, since its text is gone or occurs more than once: ${JSON.stringify(text.slice(0, 80))}.`,
  }))
  return { ...tally, view, warnings: [...warnings, ...lost] }
}
