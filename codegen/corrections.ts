/** What a correction is, and how a document gets its corrections. */

import type { DocumentName } from './documents.ts'
import type { Document } from './openapi.ts'

export interface Correction {
  readonly id: string
  readonly document: DocumentName
  /** What is wrong in the document. */
  readonly reason: string
  /** How we know: *recorded*, *documented* elsewhere in the document, *reported*, or *inferred*. */
  readonly source: string
  /** Returns the number of places changed. Throws when what it corrects is gone. */
  readonly apply: (document: Document) => number
}

/** Applies the corrections of a document. One that changes nothing is out of date, and that is an error. */
export function correct(name: DocumentName, document: Document, corrections: readonly Correction[]): number {
  const faults: string[] = []
  let changed = 0
  for (const { id, apply } of corrections.filter((correction) => correction.document === name)) {
    try {
      const count = apply(document)
      if (count === 0) faults.push(`${id}: the document has caught up; drop the correction`)
      changed += count
    } catch (error) {
      faults.push(
        `${id}: ${error instanceof Error ? error.message : String(error)}; the correction no longer fits`,
      )
    }
  }
  if (faults.length > 0) throw new Error([`${name}:`, ...faults].join('\n  '))
  return changed
}

/** Several steps as one correction. */
export const all =
  (...steps: readonly ((document: Document) => number)[]) =>
  (document: Document) =>
    steps.reduce((sum, step) => sum + step(document), 0)

/** How many items a change applied to. */
export function count<Item>(items: readonly Item[], change: (item: Item) => boolean): number {
  return items.filter((item) => change(item)).length
}
