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

export function createTally(): Tally {
  return { kept: 0, changed: 0, added: 0, removed: 0, moved: 0, annotationsLost: [] }
}
