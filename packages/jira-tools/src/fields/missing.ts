import { ToolError } from '@telamon/tool-registry'

import { allowedNames, choicesOf, formOf, isMissing } from './metadata.ts'
import type { WritableField } from './metadata.ts'

/** What a call lacks, in words. */
export interface MissingWords {
  /** The beginning of the sentence: `To create a Bug in ALPHA, give`. */
  readonly lead: string
  /** The argument that takes values by name of the field. */
  readonly argument: string
}

/**
 * Names the required fields that a call does not give, with the values they can have, before anything is sent.
 *
 * @throws ToolError when there are any.
 */
export function checkRequired(
  fields: readonly WritableField[],
  given: Readonly<Record<string, unknown>>,
  { lead, argument }: MissingWords,
): void {
  const missing = fields.filter((field) => isMissing(field, given))
  if (missing.length === 0) return
  const example = Object.fromEntries(
    missing.map((field) => [field.name, allowedNames(field)[0] ?? `… (${formOf(field)})`]),
  )
  throw new ToolError({
    code: 'invalid_input',
    message: `${lead} ${missing.map(choicesOf).join('; ')}.`,
    next: `Call again with ${argument} such as ${JSON.stringify(example)}.`,
  })
}
