import { ToolError } from '@telamon/tool-registry'

import { choicesOf, isMissing } from './metadata.ts'
import type { WritableField } from './metadata.ts'

/** What a call lacks, in words. */
export interface MissingWords {
  /** The beginning of the sentence: `A Bug in ALPHA needs`. */
  readonly lead: string
  readonly next: string
}

/**
 * Names the required fields that a call does not give, with the values they can have, before anything is sent.
 *
 * @throws ToolError when there are any.
 */
export function checkRequired(
  fields: readonly WritableField[],
  given: Readonly<Record<string, unknown>>,
  { lead, next }: MissingWords,
): void {
  const missing = fields.filter((field) => isMissing(field, given))
  if (missing.length === 0) return
  throw new ToolError({
    code: 'invalid_input',
    message: `${lead} ${missing.map(choicesOf).join('; ')}.`,
    next,
  })
}
