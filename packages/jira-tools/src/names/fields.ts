import type { Jira } from '@telamon/jira'
import { ToolError } from '@telamon/tool-registry'

import { fold, matching } from './nearest.ts'

/** Ids of the fields that every Jira has, and forms that need no look-up. */
const known = /^(?:-?\*?[a-z]+|customfield_\d+|-customfield_\d+)$/

/**
 * Ids of fields that are given by id or by name. Jira is asked only when a name is not an id by its form.
 *
 * @throws ToolError with near names for a name that no field has.
 */
export async function fieldIdsOf(
  words: readonly string[],
  jira: Jira,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (words.every((word) => known.test(word))) return words
  const fields = await jira.fields.list({ signal })
  return words.map((word) => {
    if (known.test(word)) return word
    const exact = fields.find(
      ({ id, name }) => fold(name ?? '') === fold(word) || fold(id ?? '') === fold(word),
    )
    if (exact?.id !== undefined) return exact.id
    const near = matching(fields, word, ({ name }) => name ?? '').slice(0, 10)
    throw new ToolError({
      code: 'invalid_input',
      message: `No field is called ${JSON.stringify(word)}.`,
      next:
        near.length > 0
          ? `Near names: ${near.map(({ name }) => name).join(', ')}.`
          : 'Leave fields out, or use view full to see the names there are.',
    })
  })
}
